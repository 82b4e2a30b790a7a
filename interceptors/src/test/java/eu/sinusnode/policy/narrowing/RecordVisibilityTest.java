package eu.sinusnode.policy.narrowing;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.policy.consent.ConsentPolicy;
import eu.sinusnode.policy.consent.Directive;
import eu.sinusnode.policy.consent.Directive.Effect;
import eu.sinusnode.policy.consent.EmergencyReason;
import eu.sinusnode.policy.consent.Opening;
import eu.sinusnode.policy.consent.Ownership;
import eu.sinusnode.policy.consent.RecordFacts;
import eu.sinusnode.policy.consent.Standing;
import eu.sinusnode.policy.consent.Target;
import eu.sinusnode.policy.consent.Validity;
import eu.sinusnode.policy.testing.Callers;
import eu.sinusnode.policy.testing.Directives;
import eu.sinusnode.policy.testing.World;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RecordVisibilityTest {

    private static final Code HEART_RATE = new Code(Codes.LOINC, Codes.HEART_RATE);
    private static final Code WEIGHT = new Code(Codes.LOINC, Codes.BODY_WEIGHT);
    private final RecordVisibility policy = RecordVisibility.standard();

    /** Directive of type and code against a heart rate; a dash is "every". */
    @ParameterizedTest
    @CsvSource({
        "-, -, true",
        "Observation, -, true",
        "Observation, 8867-4, true",
        "-, 8867-4, true",
        "Observation, 29463-7, false",
        "-, 29463-7, false",
        "Condition, -, false",
        "Condition, 8867-4, false",
    })
    void permitCoversItsTypeAndCode(String type, String code, boolean permitted) {
        Directive permit = permit(World.CLINIC, Purpose.TREAT, type, code);
        assertThat(permits(clinician(), heartRate(), true, permit)).isEqualTo(permitted);
    }

    @Test
    void relationshipAndConsentAreBothNeeded() {
        Directive permit = permit(World.CLINIC, Purpose.TREAT, "-", "-");
        assertThat(permits(clinician(), heartRate(), true, permit)).isTrue();
        assertDenied(decide(clinician(), heartRate(), false, permit), DenialCode.RELATIONSHIP);
        assertDenied(decide(clinician(), heartRate(), true), DenialCode.CONSENT);
    }

    @Test
    void permitOfAnotherOrganizationPurposePatientOrTimeIsNone() {
        assertThat(permits(clinician(), heartRate(), true, permit(World.OTHER_CLINIC, Purpose.TREAT, "-", "-")))
                .isFalse();
        assertThat(permits(clinician(), heartRate(), true, permit(World.CLINIC, Purpose.HPAYMT, "-", "-")))
                .isFalse();
        Directive ofBernd = Directives.permit(World.BERND, World.CLINIC, Purpose.TREAT, Target.ALL);
        assertThat(permits(clinician(), heartRate(), true, ofBernd)).isFalse();
        Directive over = between(Instant.EPOCH, World.NOW);
        assertThat(permits(clinician(), heartRate(), true, over))
                .as("the end is exclusive")
                .isFalse();
        Directive begins = between(World.NOW, null);
        assertThat(permits(clinician(), heartRate(), true, begins))
                .as("the start is inclusive")
                .isTrue();
        assertThat(permits(clinician(), heartRate(), true, between(World.NOW.plusMillis(1), null)))
                .isFalse();
    }

    @Test
    void typesWithoutCodeAreNotCoveredByACode() {
        RecordFacts plan = new RecordFacts("CarePlan", of(World.ANNA), Set.of(), false);
        assertThat(permits(clinician(), plan, true, permit(World.CLINIC, Purpose.TREAT, "-", "8867-4")))
                .isFalse();
    }

    @Test
    void patientHasTheOwnRecordAndNoOther() {
        Caller anna = Callers.caller(Callers.patient(World.ANNA));
        assertThat(permits(anna, heartRate(), false)).isTrue();
        RecordFacts ofBernd = new RecordFacts("Observation", of(World.BERND), Set.of(HEART_RATE), false);
        assertDenied(policy.decideRecord(anna, Interaction.READ, ofBernd, Map.of(), World.NOW), DenialCode.COMPARTMENT);
    }

    @Test
    void everyOwnerHasASay() {
        RecordFacts shared = new RecordFacts(
                "Provenance", new Ownership.OfPatients(Set.of(World.ANNA, World.BERND)), Set.of(), false);
        Map<String, Standing> onlyAnna = Map.of(
                World.ANNA,
                new Standing(World.ANNA, true, List.of(permit(World.CLINIC, Purpose.TREAT, "-", "-"))),
                World.BERND,
                new Standing(World.BERND, true, List.of()));
        assertDenied(
                policy.decideRecord(clinician(), Interaction.READ, shared, onlyAnna, World.NOW), DenialCode.CONSENT);
        Caller anna = Callers.caller(Callers.patient(World.ANNA));
        assertDenied(policy.decideRecord(anna, Interaction.READ, shared, onlyAnna, World.NOW), DenialCode.COMPARTMENT);
    }

    @Test
    void ownerWhoCannotBeToldIsRefusedAndNobodysRecordIsOpen() {
        RecordFacts unknown = new RecordFacts("Observation", new Ownership.Unknown(), Set.of(), false);
        RecordFacts organization = new RecordFacts("Organization", new Ownership.Directory(), Set.of(), false);
        for (CallerKind kind : CallerKind.values()) {
            Caller caller = Callers.caller(Callers.of(kind));
            assertDenied(policy.decideRecord(caller, null, unknown, Map.of(), World.NOW), DenialCode.GATE);
            assertThat(policy.decideRecord(caller, null, organization, Map.of(), World.NOW))
                    .isInstanceOf(Decision.Permit.class);
        }
    }

    @Test
    void ownerWhoseStandingIsNotKnownIsRefused() {
        assertThat(policy.decideRecord(clinician(), Interaction.READ, heartRate(), Map.of(), World.NOW))
                .isInstanceOf(Decision.Deny.class);
    }

    @Test
    void auditorAndAdministratorReadNoRecords() {
        for (CallerKind kind : List.of(CallerKind.AUDITOR, CallerKind.ADMINISTRATOR)) {
            Caller caller = Callers.caller(Callers.of(kind));
            Directive permit = permit(World.CENTRE, Purpose.HSYSADMIN, "-", "-");
            assertDenied(decide(caller, heartRate(), true, permit), DenialCode.RELATIONSHIP);
        }
    }

    @Test
    void unsignedIsHiddenFromPatientAndInsurerOnly() {
        RecordFacts flag = new RecordFacts("Observation", of(World.ANNA), Set.of(HEART_RATE), true);
        assertDenied(decide(Callers.caller(Callers.patient(World.ANNA)), flag, true), DenialCode.UNSIGNED);
        assertDenied(
                decide(Callers.caller(Callers.insurer()), flag, true, permit(World.INSURER, Purpose.HPAYMT, "-", "-")),
                DenialCode.UNSIGNED);
        assertThat(permits(clinician(), flag, true, permit(World.CLINIC, Purpose.TREAT, "-", "-")))
                .isTrue();
    }

    @Test
    void jobHasItsOwnFlagsTasksAndProvenancesBack() {
        Caller job = Callers.caller(Callers.job());
        Directive narrow = permit(World.CENTRE, Purpose.CAREMGT, "Observation", "8867-4");
        for (Code code : ConsentPolicy.FLAG_CODES) {
            assertThat(permits(job, new RecordFacts("Observation", of(World.ANNA), Set.of(code), true), false, narrow))
                    .isTrue();
        }
        assertThat(permits(job, new RecordFacts("Task", of(World.ANNA), Set.of(), false), false, narrow))
                .isTrue();
        assertThat(permits(job, new RecordFacts("Observation", of(World.ANNA), Set.of(WEIGHT), false), false, narrow))
                .isFalse();
        assertThat(permits(job, new RecordFacts("Binary", of(World.ANNA), Set.of(), false), false, narrow))
                .isFalse();
        assertThat(permits(job, new RecordFacts("Task", of(World.ANNA), Set.of(), false), false))
                .as("without any permit nothing")
                .isFalse();
    }

    @Test
    void writingNeedsTheLinkAndThePurpose() {
        Standing permitting = standing(true, permit(World.CLINIC, Purpose.TREAT, "Observation", "8867-4"));
        assertThat(policy.decideWriteFor(clinician(), null, "Observation", permitting, World.NOW))
                .isInstanceOf(Decision.Permit.class);
        assertDenied(
                policy.decideWriteFor(clinician(), null, "Observation", standing(true), World.NOW), DenialCode.CONSENT);
        Standing unrelated = standing(false, permit(World.CLINIC, Purpose.TREAT, "-", "-"));
        assertDenied(
                policy.decideWriteFor(clinician(), null, "Observation", unrelated, World.NOW), DenialCode.RELATIONSHIP);
        Caller bernd = Callers.caller(Callers.patient(World.BERND));
        assertDenied(policy.decideWriteFor(bernd, null, "Observation", permitting, World.NOW), DenialCode.COMPARTMENT);
        Caller loader = Callers.caller(Callers.administrator());
        assertThat(policy.decideWriteFor(loader, null, "Observation", standing(false), World.NOW))
                .isInstanceOf(Decision.Permit.class);
    }

    // Laws

    @Property
    void withoutAPermitNobodyButThePatientAndWhoRepresentsItHasARecord(
            @ForAll CallerKind kind, @ForAll boolean related) {
        Caller caller = Callers.caller(Callers.of(kind));
        boolean own = kind == CallerKind.PATIENT || kind == CallerKind.REPRESENTATIVE && related;
        assertThat(permits(caller, heartRate(), related)).isEqualTo(own);
    }

    @Property
    void aFurtherPermitNeverTakesAway(
            @ForAll("somePermits") List<Directive> some, @ForAll("somePermits") List<Directive> more) {
        List<Directive> all = new ArrayList<>(some);
        all.addAll(more);
        boolean before = permits(clinician(), heartRate(), true, some.toArray(Directive[]::new));
        boolean after = permits(clinician(), heartRate(), true, all.toArray(Directive[]::new));
        assertThat(!before || after).isTrue();
    }

    @Property
    void whatTheExtentSaysAndWhatTheDecisionSaysAgree(
            @ForAll("somePermits") List<Directive> some, @ForAll("oneDeny") List<Directive> denies) {
        List<Directive> all = new ArrayList<>(some);
        all.addAll(denies);
        Standing standing = standing(true, all.toArray(Directive[]::new));
        Extent extent = policy.extent(new Question(clinician(), Interaction.READ, "Observation", standing, World.NOW));
        for (Set<Code> codes :
                List.of(Set.of(HEART_RATE), Set.of(WEIGHT), Set.of(HEART_RATE, WEIGHT), Set.<Code>of())) {
            RecordFacts record = new RecordFacts("Observation", of(World.ANNA), codes, false);
            boolean decided =
                    policy.decideRecord(clinician(), Interaction.READ, record, Map.of(World.ANNA, standing), World.NOW)
                            instanceof Decision.Permit;
            assertThat(extent.contains(record)).as(codes + " of " + all).isEqualTo(decided);
        }
    }

    @Provide
    Arbitrary<List<Directive>> oneDeny() {
        return Combinators.combine(
                        Arbitraries.of("-", "Observation", "Condition"),
                        Arbitraries.of("-", Codes.HEART_RATE, Codes.BODY_WEIGHT))
                .as(RecordVisibilityTest::deny)
                .list()
                .ofMaxSize(1);
    }

    @Provide
    Arbitrary<List<Directive>> somePermits() {
        return Combinators.combine(
                        Arbitraries.of(World.CLINIC, World.OTHER_CLINIC),
                        Arbitraries.of(Purpose.TREAT, Purpose.HPAYMT),
                        Arbitraries.of("-", "Observation", "Condition"),
                        Arbitraries.of("-", Codes.HEART_RATE, Codes.BODY_WEIGHT))
                .as(RecordVisibilityTest::permit)
                .list()
                .ofMaxSize(6);
    }

    // Words

    private static Caller clinician() {
        return Callers.caller(Callers.clinician(World.CLINIC));
    }

    private static Ownership of(String patientId) {
        return new Ownership.OfPatients(Set.of(patientId));
    }

    private static RecordFacts heartRate() {
        return new RecordFacts("Observation", of(World.ANNA), Set.of(HEART_RATE), false);
    }

    private static Directive permit(String organizationId, Purpose purpose, String type, String code) {
        return Directives.permit(World.ANNA, organizationId, purpose, target(type, code));
    }

    @Test
    void whatAClinicianOpenedIsOpenToBeReadForItsTimeAndNeverToBeWritten() {
        Caller clinician = Callers.caller(Callers.clinician(World.CLINIC));
        RecordFacts record =
                new RecordFacts("Observation", new Ownership.OfPatients(Set.of(World.ANNA)), Set.of(), false);
        Instant until = World.NOW.plusSeconds(60);
        Standing opened = new Standing(
                World.ANNA,
                false,
                List.of(),
                new Opening("1", World.ANNA, EmergencyReason.BTG, World.NOW, until),
                false);

        assertThat(read(clinician, record, opened, World.NOW.minusNanos(1))).isFalse();
        assertThat(read(clinician, record, opened, World.NOW)).isTrue();
        assertThat(read(clinician, record, opened, until.minusNanos(1))).isTrue();
        assertThat(read(clinician, record, opened, until)).as("exclusive").isFalse();
        assertThat(policy.decideWriteFor(clinician, Interaction.CREATE, "Observation", opened, World.NOW))
                .isInstanceOf(Decision.Deny.class);
        assertThat(policy.decideLink(clinician, record, opened, World.NOW))
                .get()
                .isInstanceOf(Decision.Deny.class);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"CLINICIAN", "PATIENT"})
    void anOpeningOpensNothingToOtherKindsOfCaller(CallerKind kind) {
        RecordFacts record =
                new RecordFacts("Observation", new Ownership.OfPatients(Set.of(World.BERND)), Set.of(), false);
        Standing opened = new Standing(
                World.BERND,
                false,
                List.of(),
                new Opening("1", World.BERND, EmergencyReason.BTG, World.NOW, World.NOW.plusSeconds(60)),
                false);
        assertThat(policy.decideRecord(
                        Callers.caller(Callers.of(kind)),
                        Interaction.READ,
                        record,
                        Map.of(World.BERND, opened),
                        World.NOW))
                .isInstanceOf(Decision.Deny.class);
    }

    @ParameterizedTest
    @EnumSource(CallerKind.class)
    void aRestrictedRecordIsThePatientsAlone(CallerKind kind) {
        Caller caller = Callers.caller(Callers.of(kind));
        RecordFacts record =
                new RecordFacts("Observation", new Ownership.OfPatients(Set.of(World.ANNA)), Set.of(), false);
        Opening opening = new Opening("1", World.ANNA, EmergencyReason.BTG, World.NOW, World.NOW.plusSeconds(60));
        Directive everything =
                Directives.permit(World.ANNA, String.valueOf(caller.organizationId()), caller.purpose(), Target.ALL);
        Standing open = new Standing(World.ANNA, true, List.of(everything), opening, false);
        Standing restricted = new Standing(World.ANNA, true, List.of(everything), opening, true);

        boolean readBefore = read(caller, record, open, World.NOW);
        boolean writtenBefore =
                policy.decideWriteFor(caller, null, "Observation", open, World.NOW) instanceof Decision.Permit;
        assertThat(read(caller, record, restricted, World.NOW)).isEqualTo(readBefore && kind.actsAsPatient());
        assertThat(policy.decideWriteFor(caller, null, "Observation", restricted, World.NOW) instanceof Decision.Permit)
                .isEqualTo(writtenBefore
                        && (kind.actsAsPatient()
                                || kind == CallerKind.DEVICE_GATEWAY
                                || kind == CallerKind.ADMINISTRATOR));
    }

    private boolean read(Caller caller, RecordFacts record, Standing standing, Instant at) {
        return policy.decideRecord(caller, Interaction.READ, record, Map.of(World.ANNA, standing), at)
                instanceof Decision.Permit;
    }

    private static Directive deny(String type, String code) {
        return Directives.deny(World.ANNA, World.CLINIC, Purpose.TREAT, target(type, code));
    }

    private static Target target(String type, String code) {
        return Directives.target(type.equals("-") ? null : type, code.equals("-") ? null : new Code(Codes.LOINC, code));
    }

    private static Directive between(Instant from, @Nullable Instant to) {
        return Directives.of(
                Effect.PERMIT, World.ANNA, World.CLINIC, Purpose.TREAT, Target.ALL, new Validity(from, to));
    }

    private static Standing standing(boolean related, Directive... permits) {
        return new Standing(World.ANNA, related, List.of(permits));
    }

    private Decision decide(Caller caller, RecordFacts record, boolean related, Directive... permits) {
        return policy.decideRecord(
                caller, Interaction.READ, record, Map.of(World.ANNA, standing(related, permits)), World.NOW);
    }

    private boolean permits(Caller caller, RecordFacts record, boolean related, Directive... permits) {
        return decide(caller, record, related, permits) instanceof Decision.Permit;
    }

    private static void assertDenied(Decision decision, DenialCode code) {
        assertThat(decision).isInstanceOfSatisfying(Decision.Deny.class, deny -> assertThat(deny.code())
                .isEqualTo(code));
    }
}
