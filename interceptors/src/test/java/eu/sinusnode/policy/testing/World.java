package eu.sinusnode.policy.testing;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.access.Relationship;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.util.Map;

/**
 * Who is there: Anna permits everybody everything; Bernd permits his clinic and his insurer heart rates only, and the
 * centre nothing; Clara has permitted nobody; Dora is a patient of the other clinic and permits it everything.
 */
public final class World {

    public static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    public static final String SERVER_BASE = "http://sinusnode.test/fhir";

    public static final String ANNA = "anna";
    public static final String BERND = "bernd";
    public static final String CLARA = "clara";
    public static final String DORA = "dora";

    public static final String CENTRE = "centre";
    public static final String CLINIC = "clinic-1";
    public static final String OTHER_CLINIC = "clinic-2";
    public static final String INSURER = "insurer-1";
    public static final String INSTITUTE = "institute-1";
    /** Owns a Device of Anna's. */
    public static final String GATEWAY = "gateway-1";

    /** Represents Anna. */
    public static final String DAUGHTER = "daughter";

    public static final String OVERSEAS = "insurer-us";

    public static final Map<String, String> COUNTRIES = Map.of(
            CENTRE,
            "DE",
            CLINIC,
            "DE",
            OTHER_CLINIC,
            "AT",
            INSURER,
            "DE",
            OVERSEAS,
            "US",
            GATEWAY,
            "DE",
            INSTITUTE,
            "DE");

    private World() {}

    public static FakePermits permits() {
        FakePermits permits = new FakePermits();
        for (String patient : new String[] {ANNA, BERND, CLARA}) {
            permits.member(patient, CLINIC, Relationship.CARE_TEAM);
            permits.member(patient, INSURER, Relationship.COVERAGE);
        }
        permits.member(ANNA, DAUGHTER, Relationship.REPRESENTATIVE);
        permits.member(ANNA, GATEWAY, Relationship.DEVICE);
        permits.member(DORA, OTHER_CLINIC, Relationship.CARE_TEAM);
        permits.permit(ANNA, CLINIC, Purpose.TREAT)
                .permit(ANNA, INSURER, Purpose.HPAYMT)
                .permit(ANNA, CENTRE, Purpose.CAREMGT)
                .permit(ANNA, INSTITUTE, Purpose.HRESCH)
                .permit(DORA, OTHER_CLINIC, Purpose.TREAT)
                .permit(BERND, CLINIC, Purpose.TREAT, "Observation", Codes.LOINC, Codes.HEART_RATE)
                .permit(BERND, INSURER, Purpose.HPAYMT, "Observation", Codes.LOINC, Codes.HEART_RATE);
        return permits;
    }
}
