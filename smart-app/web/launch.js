import { fromPortal } from './session.js';
import { settings } from './settings.js';
import { Trouble } from './trouble.js';

try {
  const link = new URLSearchParams(location.search);
  await fromPortal(await settings(), link.get('iss'), link.get('launch'));
} catch (failure) {
  Trouble.of(failure).show();
}
