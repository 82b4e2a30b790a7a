/** Home thresholds of hypertension in mmHg, ESC guidelines 2024, doi 10.1093/eurheartj/ehae178. */
export const HOME_THRESHOLD = { systolic: 135, diastolic: 85 };

const LOINC = 'http://loinc.org';
const SEARCH = { code: `${LOINC}|85354-9`, _sort: '-date', _count: '200' };
const LONGEST = 5;
const WEEK = 7 * 24 * 3600 * 1000;

/** At most 1,000 readings of the session's patient, oldest first; withdrawn and half ones are left out. */
export async function readings(session) {
  const query = new URLSearchParams({ patient: session.patient, ...SEARCH });
  const found = await session.read(`Observation?${query}`, { pageLimit: LONGEST, flat: true });
  return found
    .filter((resource) => resource.resourceType === 'Observation')
    .map((observation) => session.demandOwn(observation))
    .filter((observation) => observation.status !== 'entered-in-error')
    .map(reading)
    .filter(({ at, systolic, diastolic }) => [at, systolic, diastolic].every(Number.isFinite))
    .sort((one, other) => one.at - other.at);
}

/** {at: ms, measured: local date and time as recorded, systolic, diastolic: mmHg or NaN} */
function reading(observation) {
  const measured = observation.effectiveDateTime ?? '';
  return {
    at: Date.parse(measured),
    measured: measured.slice(0, 16).replace('T', ' '),
    systolic: component(observation, '8480-6'),
    diastolic: component(observation, '8462-4'),
  };
}

function component(observation, code) {
  const part = observation.component?.find(({ code: { coding = [] } }) =>
    coding.some((one) => one.system === LOINC && one.code === code));
  return part?.valueQuantity?.code === 'mm[Hg]' ? part.valueQuantity.value : NaN;
}

/** The mean of the seven days that end with the newest reading, rounded. */
export function meanOfLastWeek(all) {
  const newest = all.at(-1);
  const week = all.filter(({ at }) => at > newest.at - WEEK);
  const mean = (name) => Math.round(week.reduce((sum, one) => sum + one[name], 0) / week.length);
  return { systolic: mean('systolic'), diastolic: mean('diastolic') };
}

export function reachesThreshold({ systolic, diastolic }) {
  return systolic >= HOME_THRESHOLD.systolic || diastolic >= HOME_THRESHOLD.diastolic;
}
