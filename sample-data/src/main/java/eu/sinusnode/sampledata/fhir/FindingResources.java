package eu.sinusnode.sampledata.fhir;

import eu.sinusnode.profiles.Codes;
import eu.sinusnode.profiles.LaboratoryCodes;
import eu.sinusnode.sampledata.chance.Draws;
import eu.sinusnode.sampledata.clinical.Diagnosis;
import eu.sinusnode.sampledata.clinical.Personas;
import java.time.LocalDate;
import java.util.UUID;

/**
 * What the clinic knows beside readings and scores ask for: cholesterol, creatinine and smoking of most patients, ejection
 * fraction and NYHA class of most with heart failure. The levels are plausible for adults of middle age and older, in no
 * relation to what happens to them.
 */
public final class FindingResources {

    private static final String FINDING_NUMBER = "https://sinusnode.eu/sid/finding-number";
    private static final String CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category";
    private static final double KNOWN = 0.8;
    private static final int SMOKER_WITH_HIGH_PRESSURE = 1;

    private final BundleWriter bundle;
    private final Subject subject;
    private final Draws draws;

    private FindingResources(BundleWriter bundle, Subject subject) {
        this.bundle = bundle;
        this.subject = subject;
        long seed = UUID.fromString(subject.id("findings")).getLeastSignificantBits();
        this.draws = Draws.of(seed, subject.person().number(), "findings");
    }

    public static void write(BundleWriter bundle, Subject subject) {
        new FindingResources(bundle, subject).findings();
    }

    private void findings() {
        boolean cast = subject.person().number() == SMOKER_WITH_HIGH_PRESSURE;
        LocalDate blood = day();
        if (isKnown()) {
            laboratory(
                    "cholesterol",
                    LaboratoryCodes.CHOLESTEROL,
                    blood,
                    cast ? 64 : tenths(5.5, 1.0, 3.2, 9.0),
                    "mmol/L");
            laboratory("hdl", LaboratoryCodes.HDL_CHOLESTEROL, blood, cast ? 12 : tenths(1.3, 0.3, 0.7, 2.4), "mmol/L");
        }
        boolean failing = subject.picture().hasHeartFailure();
        if (isKnown()) {
            long creatinine = tenths(failing ? 112 : 86, 18, 50, 220);
            laboratory("creatinine", LaboratoryCodes.CREATININE, blood, creatinine, "umol/L");
        }
        if (isKnown()) {
            smoking(cast ? 0 : draws.weighted(0.2, 0.35, 0.45));
        }
        if (failing && isKnown()) {
            ejectionFraction();
            nyha();
        }
    }

    /** Of the first patients, who are cast, all is known. */
    private boolean isKnown() {
        boolean known = draws.chance(KNOWN);
        return known || subject.person().number() <= Personas.COUNT;
    }

    private LocalDate day() {
        return subject.timeline().date(0).minusDays(draws.whole(10, 200));
    }

    private long tenths(double mean, double deviation, double low, double high) {
        return Math.round(10 * Math.min(high, Math.max(low, mean + deviation * draws.gaussian())));
    }

    private void laboratory(String name, String loinc, LocalDate day, long tenths, String unit) {
        begin(name, "laboratory", loinc)
                .text("effectiveDateTime", day + "T07:10:00Z")
                .object("valueQuantity")
                .tenths("value", tenths)
                .unit(unit, unit)
                .end();
        bundle.endResource("Observation", id(name));
    }

    private void ejectionFraction() {
        begin("ejection-fraction", "imaging", Codes.EJECTION_FRACTION)
                .text("effectiveDateTime", day().toString())
                .object("valueQuantity")
                .number("value", draws.whole(25, 48))
                .unit("%", "%")
                .end();
        bundle.endResource("Observation", id("ejection-fraction"));
    }

    private void smoking(int status) {
        String code = status == 0 ? "449868002" : status == 1 ? "8517006" : "266919005";
        coded("smoking", "social-history", Codes.SMOKING_STATUS, code);
    }

    private void nyha() {
        boolean third = subject.picture().has(Diagnosis.HEART_FAILURE_NYHA_III);
        coded("nyha", "exam", Codes.NYHA_CLASS, third ? "420913000" : "421704003");
    }

    private void coded(String name, String category, String loinc, String snomed) {
        begin(name, category, loinc)
                .text("effectiveDateTime", day().toString())
                .concept("valueCodeableConcept", Codes.SNOMED, snomed);
        bundle.endResource("Observation", id(name));
    }

    private String id(String name) {
        return subject.id("finding/" + name);
    }

    private Json begin(String name, String category, String loinc) {
        return bundle.resource("Observation", id(name))
                .array("identifier")
                .identifier(FINDING_NUMBER, subject.serial("F") + "-" + name)
                .endArray()
                .text("status", "final")
                .onlyConcept("category", CATEGORY, category)
                .concept("code", Codes.LOINC, loinc)
                .reference("subject", "Patient", subject.id());
    }
}
