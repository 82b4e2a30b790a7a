import { standalone } from './session.js';
import { settings } from './settings.js';
import { Trouble } from './trouble.js';

/** Patients and clinicians log in with different clients: a clinician's session asks for two factors and ends sooner. */
const CLIENTS = { patient: 'patientClient', clinician: 'clinicClient' };

for (const [person, client] of Object.entries(CLIENTS)) {
  const button = document.getElementById(person);
  button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      const known = await settings();
      await standalone(known, known[client]);
    } catch (failure) {
      Trouble.of(failure).show();
    }
  });
}
