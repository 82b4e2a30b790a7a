const CODES = 'https://sinusnode.eu/fhir/CodeSystem/observation-code';
const CATEGORY = 'https://sinusnode.eu/fhir/CodeSystem/observation-category|risk-flag';
const SEARCH = { category: CATEGORY, _count: '100' };
const NOT_COMPUTABLE = 'not-computable-summary';
/** What each status says to who reads it; a flag of any other status does not hold. */
const HOLDS = {
  preliminary: 'waits for a clinician',
  final: 'signed by a clinician',
  amended: 'signed by a clinician',
  corrected: 'signed by a clinician',
};

/** The risk flags that hold, newest first, as far as the server shows them: a patient gets none that nobody signed. */
export async function flags(session) {
  const query = new URLSearchParams({ patient: session.patient, ...SEARCH });
  const found = await session.read(`Observation?${query}`, { pageLimit: 1, flat: true });
  return found
    .filter((resource) => resource.resourceType === 'Observation')
    .map((observation) => session.demandOwn(observation))
    .filter((observation) => HOLDS[observation.status] && code(observation) !== NOT_COMPUTABLE)
    .map((observation) => flag(observation, session.isForClinician))
    .sort((one, other) => other.to - one.to);
}

/** {words, standing, from, to: ms, span: local dates, reasons: []} */
function flag(observation, isForClinician) {
  const { start = '', end = '' } = observation.effectivePeriod ?? {};
  return {
    words: sentence(observation, isForClinician ? 'sentence-for-clinician' : 'sentence-for-patient'),
    standing: HOLDS[observation.status],
    from: Date.parse(start),
    to: Date.parse(end),
    span: `${start.slice(0, 10)} to ${end.slice(0, 10)}`,
    reasons: (observation.note ?? []).map(({ text }) => text),
  };
}

function code({ code: { coding = [] } }) {
  return coding.find(({ system }) => system === CODES)?.code;
}

function sentence(observation, name) {
  return observation.component?.find((part) => code(part) === name)?.valueString ?? code(observation);
}
