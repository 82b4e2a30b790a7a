/**
 * Where this app belongs: {fhirBase, patientClient, clinicClient}, as whoever serves the app says in settings.json.
 */
export async function settings() {
  const answer = await fetch('settings.json');
  if (!answer.ok) {
    throw new Error('The app lacks its settings.json.');
  }
  return answer.json();
}
