/** Something that a person must be told: what happened, the detail, what to do. */
export class Trouble extends Error {
  constructor(title, detail, remedy) {
    super(title);
    this.detail = detail;
    this.remedy = remedy;
  }

  static newLaunch(detail) {
    return new Trouble(
      'A new launch is needed',
      detail,
      'For safety nothing is shown any more: this session has ended, or the app was opened for another patient in another tab. Open the patient again from the portal, or log in again.');
  }

  /** Puts any failure into words. */
  static of(failure) {
    if (failure instanceof Trouble) {
      return failure;
    }
    const said = String(failure?.message ?? failure);
    if (said.startsWith('access_denied')) {
      return new Trouble('The login was not completed', said, 'Log in again, and confirm what you are asked.');
    }
    if (/No state found|No 'state' parameter/.test(said)) {
      return new Trouble('Nothing is open in this tab', 'Each tab has a session of its own.', 'Log in, or open the app from the portal.');
    }
    if (failure instanceof TypeError || /Failed to fetch/.test(said)) {
      return new Trouble('The server cannot be reached', said, 'Check the connection and try again.');
    }
    if (/session has expired|invalid_grant|No refresh_token|Unable to refresh/i.test(said) || failure?.statusCode === 401 || failure?.status === 401) {
      return Trouble.newLaunch(said);
    }
    return new Trouble('This did not work', outcome(said) ?? said, 'Try again. If it stays, tell the clinic the words below.');
  }

  /** Shows it instead of whatever stands on the page. */
  show() {
    const place = document.getElementById('trouble');
    for (const other of document.querySelectorAll('#start, #waiting, #record')) {
      other.hidden = true;
    }
    place.replaceChildren(
      element('h1', this.message),
      element('p', this.remedy),
      element('p', this.detail, 'detail'),
      Object.assign(element('a', 'Log in again', 'button'), { href: '/' }));
    place.hidden = false;
  }
}

/** What a FHIR server says in the OperationOutcome that the library puts behind its own words: "SN-…: what; remedy". */
function outcome(said) {
  try {
    const { issue } = JSON.parse(said.slice(said.indexOf('{')));
    return issue.map(({ diagnostics, details }) => diagnostics ?? details?.text).filter(Boolean).join(' ') || undefined;
  } catch {
    return undefined; // No OperationOutcome: the words stay as they are.
  }
}

function element(name, text, style = '') {
  return Object.assign(document.createElement(name), { textContent: text, className: style });
}
