package eu.sinusnode.policy.validation;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.policy.consent.ConsentPolicy;
import eu.sinusnode.policy.consent.Directive;
import eu.sinusnode.policy.consent.EmergencyReason;
import eu.sinusnode.policy.consent.Opening;
import eu.sinusnode.policy.consent.Ownership;
import eu.sinusnode.policy.consent.RecordFacts;
import eu.sinusnode.policy.consent.Standing;
import eu.sinusnode.policy.consent.Target;
import eu.sinusnode.policy.narrowing.RecordVisibility;
import eu.sinusnode.policy.testing.Callers;
import eu.sinusnode.policy.testing.Directives;
import eu.sinusnode.policy.testing.World;
import eu.sinusnode.profiles.Codes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NamingPolicyTest {

    private static final Code HEART_RATE = new Code(Codes.LOINC, Codes.HEART_RATE);
    private static final Code WEIGHT = new Code(Codes.LOINC, Codes.BODY_WEIGHT);

    private final NamingPolicy policy = new NamingPolicy(RecordVisibility.standard());

    /** A caller who is linked to Anna; what Anna permits it; one of Anna's records, and whether it may be named. */
    @ParameterizedTest
    @CsvSource({
        "CLINIC_SYSTEM, everything,  heart rate,    true",
        "CLINIC_SYSTEM, everything,  body weight,   true",
        "CLINIC_SYSTEM, everything,  Encounter,     true",
        "CLINIC_SYSTEM, everything,  unsigned flag, true",
        "CLINIC_SYSTEM, heart rates, heart rate,    true",
        "CLINIC_SYSTEM, heart rates, body weight,   false",
        "CLINIC_SYSTEM, heart rates, Encounter,     false",
        "CLINIC_SYSTEM, nothing,     heart rate,    false",
        "CLINIC_SYSTEM, nothing,     Device,        true",
        "CLINIC_SYSTEM, nothing,     Patient,       true",
        "CLINIC_SYSTEM, nothing,     Organization,  true",
        "CLINICIAN,     everything,  body weight,   true",
        "CLINICIAN,     heart rates, heart rate,    true",
        "CLINICIAN,     heart rates, body weight,   false",
        "CLINICIAN,     heart rates, Device,        true",
        "CLINICIAN,     nothing,     Encounter,     false",
        "ANALYSIS_JOB,  heart rates, heart rate,    true",
        "ANALYSIS_JOB,  heart rates, body weight,   false",
        "ANALYSIS_JOB,  heart rates, unsigned flag, true",
        "ANALYSIS_JOB,  heart rates, Task,          true",
        "ANALYSIS_JOB,  nothing,     unsigned flag, false",
        "ANALYSIS_JOB,  nothing,     Device,        true",
        "PATIENT,       nothing,     body weight,   true",
        "PATIENT,       nothing,     Encounter,     true",
        "PATIENT,       nothing,     unsigned flag, false",
        "REPRESENTATIVE, nothing,    body weight,   true",
        "REPRESENTATIVE, nothing,    unsigned flag, false",
        "DEVICE_GATEWAY, nothing,    heart rate,    false",
        "DEVICE_GATEWAY, everything, Encounter,     false",
        "DEVICE_GATEWAY, nothing,    Device,        false",
        "DEVICE_GATEWAY, nothing,    own Device,    true",
        "DEVICE_GATEWAY, nothing,    Patient,       true",
        "DEVICE_GATEWAY, nothing,    Organization,  true",
        "ADMINISTRATOR, nothing,     body weight,   true",
        "ADMINISTRATOR, nothing,     unsigned flag, true",
    })
    void namesWhatItMayHave(CallerKind kind, String permitted, String record, boolean mayName) {
        Caller caller = caller(kind);
        Decision decision = policy.decide(caller, facts(record), standing(caller, true, permitted), World.NOW);
        assertThat(decision instanceof Decision.Permit).isEqualTo(mayName);
    }

    @ParameterizedTest
    @EnumSource(CallerKind.class)
    void whoIsNotLinkedNamesNothingOfThePatient(CallerKind kind) {
        Caller caller = caller(kind);
        boolean needsNoLink = Set.of(CallerKind.PATIENT, CallerKind.ANALYSIS_JOB, CallerKind.RESEARCHER)
                .contains(kind);
        Decision decision =
                policy.decide(caller, facts("heart rate"), standing(caller, false, "everything"), World.NOW);
        assertThat(decision instanceof Decision.Permit).isEqualTo(needsNoLink || kind == CallerKind.ADMINISTRATOR);
    }

    @ParameterizedTest
    @EnumSource(CallerKind.class)
    void aStandingThatIsNotKnownAndAnOwnerWhoCannotBeToldAreRefused(CallerKind kind) {
        Caller caller = caller(kind);
        RecordFacts nobodyKnows = new RecordFacts("Provenance", new Ownership.Unknown(), Set.of(), false);
        RecordFacts ofBernd = new RecordFacts(
                "Observation", new Ownership.OfPatients(Set.of(World.BERND)), Set.of(HEART_RATE), false);
        for (RecordFacts record : List.of(nobodyKnows, ofBernd)) {
            assertThat(policy.decide(caller, record, Map.of(), World.NOW) instanceof Decision.Permit)
                    .isEqualTo(kind == CallerKind.ADMINISTRATOR);
        }
    }

    @Test
    void ofARestrictedRecordThePatientAloneNamesAnything() {
        for (CallerKind kind : Set.of(CallerKind.CLINICIAN, CallerKind.CLINIC_SYSTEM, CallerKind.ANALYSIS_JOB)) {
            Caller caller = caller(kind);
            Standing restricted = new Standing(World.ANNA, true, directives(caller, "everything"), null, true);
            assertThat(policy.decide(caller, facts("heart rate"), Map.of(World.ANNA, restricted), World.NOW))
                    .isInstanceOfSatisfying(
                            Decision.Deny.class, deny -> assertThat(deny.code()).isEqualTo(DenialCode.RESTRICTED));
        }
        Standing restricted = new Standing(World.ANNA, true, List.of(), null, true);
        assertThat(policy.decide(
                        caller(CallerKind.PATIENT), facts("heart rate"), Map.of(World.ANNA, restricted), World.NOW))
                .isInstanceOf(Decision.Permit.class);
    }

    /** What was opened may be read, so that its name tells nothing. For whom one writes an opening does not change. */
    @Test
    void whatWasOpenedInAnEmergencyMayBeNamed() {
        Opening opening = new Opening(
                "opening", World.ANNA, EmergencyReason.ETREAT, World.NOW.minusSeconds(60), World.NOW.plusSeconds(60));
        Standing opened = new Standing(World.ANNA, false, List.of(), opening, false);
        assertThat(policy.decide(
                        caller(CallerKind.CLINICIAN), facts("body weight"), Map.of(World.ANNA, opened), World.NOW))
                .isInstanceOf(Decision.Permit.class);
        assertThat(policy.decide(
                        caller(CallerKind.CLINICIAN),
                        facts("body weight"),
                        Map.of(World.ANNA, opened),
                        World.NOW.plusSeconds(60)))
                .isInstanceOf(Decision.Deny.class);
    }

    private static Caller caller(CallerKind kind) {
        return Callers.caller(Callers.of(kind));
    }

    private static Map<String, Standing> standing(Caller caller, boolean related, String permitted) {
        return Map.of(World.ANNA, new Standing(World.ANNA, related, directives(caller, permitted)));
    }

    private static List<Directive> directives(Caller caller, String permitted) {
        Target target = permitted.equals("heart rates") ? Directives.target("Observation", HEART_RATE) : Target.ALL;
        return permitted.equals("nothing")
                ? List.of()
                : List.of(Directives.permit(
                        World.ANNA, String.valueOf(caller.organizationId()), caller.purpose(), target));
    }

    private static RecordFacts facts(String record) {
        Ownership anna = new Ownership.OfPatients(Set.of(World.ANNA));
        return switch (record) {
            case "heart rate" -> new RecordFacts("Observation", anna, Set.of(HEART_RATE), false);
            case "body weight" -> new RecordFacts("Observation", anna, Set.of(WEIGHT), false);
            case "unsigned flag" ->
                new RecordFacts(
                        "Observation",
                        anna,
                        Set.of(ConsentPolicy.FLAG_CODES.iterator().next()),
                        true);
            case "Device" -> device(anna, World.CLINIC);
            case "own Device" -> device(anna, World.GATEWAY);
            case "Organization" -> new RecordFacts("Organization", new Ownership.Directory(), Set.of(), false);
            default -> new RecordFacts(record, anna, Set.of(), false);
        };
    }

    private static RecordFacts device(Ownership of, String owner) {
        return new RecordFacts(
                "Device", "cuff", of, Map.of("organization", Set.of("Organization/" + owner)), Set.of(), null, false);
    }
}
