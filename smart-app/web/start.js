import { standalone } from './session.js';
import { settings } from './settings.js';
import { Trouble } from './trouble.js';

const button = document.getElementById('login');
button.addEventListener('click', async () => {
  button.disabled = true;
  try {
    await standalone(await settings());
  } catch (failure) {
    Trouble.of(failure).show();
  }
});
