import { Trouble } from './trouble.js';

const library = window.FHIR;
// A public client has no secret: Keycloak knows whose refresh token it is by the client's name.
library.oauth2.settings.refreshTokenWithClientId = true;

/** The least that this app can work with: who the patient is, that patient's vital signs, and what was flagged. */
const VITAL_SIGNS = 'http://terminology.hl7.org/CodeSystem/observation-category|vital-signs';
const RISK_FLAGS = 'https://sinusnode.eu/fhir/CodeSystem/observation-category|risk-flag';
const READS = ['patient/Patient.rs', ...[VITAL_SIGNS, RISK_FLAGS].map((category) => `patient/Observation.rs?category=${category}`)]
  .join(' ');
const PERSON = 'openid fhirUser online_access';

/** Sends the browser to the login page; the patient is the person's own, or is chosen there. */
export function standalone({ fhirBase }, clientId) {
  return authorize(fhirBase, clientId, `${PERSON} launch/patient ${READS}`, {});
}

/** Continues what a clinic's portal began: it opened this app for one patient. */
export function fromPortal({ fhirBase, clinicClient }, iss, launch) {
  // Whoever else can make a link to this app must not choose the server that it talks to.
  if (iss !== fhirBase) {
    throw new Trouble(
      'This app does not know that server',
      `The link asks it to open ${iss || 'no server at all'}; it is set up for ${fhirBase}.`,
      'Open the app from the portal of your clinic.');
  }
  if (!launch) {
    throw new Trouble('No patient came with the link', 'The parameter “launch” is missing.', 'Open the app from the patient’s page in the portal.');
  }
  return authorize(iss, clinicClient, `${PERSON} launch ${READS}`, { launch });
}

function authorize(iss, clientId, scope, launch) {
  // The library lets parameters of the page's address overrule what it is told here.
  history.replaceState({}, '', location.pathname);
  return library.oauth2.authorize({
    iss, clientId, scope, ...launch,
    redirectUri: new URL('callback', location.origin).href,
    pkceMode: 'required',
  });
}

/**
 * The open session of this tab. It belongs to the patient it began with, whatever a later token says: a session that
 * turns to somebody else is given up.
 */
export class Session {
  #client;
  #patient;

  constructor(client, patient) {
    this.#client = client;
    this.#patient = patient;
  }

  static async open() {
    const client = await library.oauth2.ready();
    const key = `patient of ${client.state.key}`;
    const patient = sessionStorage.getItem(key) ?? client.patient.id;
    if (!patient) {
      throw new Trouble('No patient was chosen', 'The login gave this app no patient.', 'Log in again and choose one.');
    }
    sessionStorage.setItem(key, patient);
    const session = new Session(client, patient);
    session.#check(patient);
    return session;
  }

  /** @returns {string} id of the patient whom this tab shows */
  get patient() {
    return this.#patient;
  }

  /** Whether a clinician looks at this, and not the patient or who stands for the patient. */
  get isForClinician() {
    return this.#client.getUserType() === 'Practitioner';
  }

  /** Asks for a new token. Refused when the session has ended or was turned to another patient: then nothing is kept. */
  async renew() {
    try {
      await this.#client.refresh();
    } catch (failure) {
      if (!(failure instanceof TypeError)) {
        sessionStorage.clear();
      }
      throw failure;
    }
    this.#check(this.#client.patient.id);
  }

  /** Reads one resource, or all pages of a search as a list. */
  async read(url, options = {}) {
    const found = await this.#client.request(url, options);
    this.#check(this.#client.patient.id);
    return found;
  }

  /** Gives up if a record is somebody else's. */
  demandOwn(observation) {
    this.#check(observation.subject?.reference?.replace(/^.*Patient\//, ''));
    return observation;
  }

  #check(patient) {
    if (patient !== this.#patient) {
      sessionStorage.clear();
      throw Trouble.newLaunch('The session was turned to another patient.');
    }
  }
}
