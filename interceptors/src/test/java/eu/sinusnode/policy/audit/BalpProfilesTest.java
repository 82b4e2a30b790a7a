package eu.sinusnode.policy.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import eu.sinusnode.policy.testing.PolicyServer;
import eu.sinusnode.policy.testing.World;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAction;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every AuditEvent is valid R4, and a success is valid against the BALP profile that it names. */
class BalpProfilesTest {

    private static final AuditEvents EVENTS = new AuditEvents(World.SERVER_BASE);
    private static @Nullable BalpPackage balp;

    @BeforeAll
    static void load() {
        Optional<BalpPackage> found = BalpPackage.find(PolicyServer.FHIR);
        assumeTrue(
                found.isPresent(),
                "shared/packages/ihe.iti.balp-1.1.1.tgz is in no folder above this one, so AuditEvents are not validated"
                        + " against IHE's profiles");
        balp = found.get();
    }

    static Stream<Arguments> successes() {
        AuditedRecord read = new AuditedRecord("anna", "Observation", "hr", "2");
        AuditedRecord ofNobody = new AuditedRecord(null, "Organization", "clinic", "1");
        return Stream.of(
                Arguments.of("PatientRead", granted(AuditedInteraction.READ, null, Entries.clinician(), read)),
                Arguments.of("Read", granted(AuditedInteraction.READ, null, Entries.clinician(), ofNobody)),
                Arguments.of("PatientRead", granted(AuditedInteraction.VREAD, null, Entries.clinician(), read)),
                Arguments.of("PatientQuery", granted(AuditedInteraction.SEARCH, null, Entries.clinician(), read)),
                Arguments.of(
                        "PatientQuery",
                        granted(
                                AuditedInteraction.SEARCH,
                                null,
                                Entries.patient("anna"),
                                new AuditedRecord("anna", "Observation", null, null))),
                Arguments.of("Query", granted(AuditedInteraction.SEARCH, null, Entries.clinician())),
                Arguments.of("Query", granted(AuditedInteraction.BULK, "$vital-readings", Entries.job(), read)),
                Arguments.of("PatientCreate", granted(AuditedInteraction.CREATE, null, Entries.clinician(), read)),
                Arguments.of("Create", granted(AuditedInteraction.CREATE, null, Entries.clinician(), ofNobody)),
                Arguments.of(
                        "PatientCreate",
                        granted(
                                AuditedInteraction.CREATE,
                                "transaction",
                                Entries.job(),
                                read,
                                new AuditedRecord("anna", "Provenance", "why", "1"))),
                Arguments.of("PatientUpdate", granted(AuditedInteraction.UPDATE, null, Entries.clinician(), read)),
                Arguments.of("Update", granted(AuditedInteraction.UPDATE, null, Entries.clinician(), ofNobody)),
                Arguments.of("PatientDelete", granted(AuditedInteraction.DELETE, null, Entries.clinician(), read)),
                Arguments.of("Delete", granted(AuditedInteraction.DELETE, null, Entries.clinician(), ofNobody)),
                Arguments.of(
                        "PrivacyDisclosure.Source", granted(AuditedInteraction.READ, null, Entries.insurer(), read)),
                Arguments.of(
                        "PrivacyDisclosure.Source", granted(AuditedInteraction.SEARCH, null, Entries.insurer(), read)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("successes")
    void successConformsToItsProfile(String profile, AuditEntry entry) {
        AuditEvent event = only(entry);
        assertThat(event.getMeta().getProfile()).singleElement().satisfies(named -> assertThat(named.getValue())
                .endsWith("IHE.BasicAudit." + profile));
        assertThat(balp().errors(event)).isEmpty();
        assertThat(balp().errors(event, profile)).isEmpty();
    }

    /** HAPI's own interceptor has the roles of a read the wrong way round. */
    @ParameterizedTest
    @CsvSource({
        "READ, PatientRead, 110152",
        "SEARCH, PatientQuery, 110153",
        "CREATE, PatientCreate, 110153",
        "UPDATE, PatientUpdate, 110153",
        "DELETE, PatientDelete, 110150"
    })
    void agentsHaveTheRolesOfTheProfile(AuditedInteraction interaction, String profile, String clientRole) {
        AuditEvent event = only(
                granted(interaction, null, Entries.clinician(), new AuditedRecord("anna", "Observation", "hr", "2")));
        assertRole(event, "clinician-client", balp().role(profile, "client"));
        assertRole(event, World.SERVER_BASE, balp().role(profile, "server"));
        assertThat(balp().role(profile, "client").getCode()).isEqualTo(clientRole);
    }

    @Test
    void whoGetsADisclosureIsItsRecipient() {
        AuditEvent event = only(granted(
                AuditedInteraction.READ, null, Entries.insurer(), new AuditedRecord("anna", "Observation", "hr", "2")));
        assertRole(event, "insurer-client", balp().role("PrivacyDisclosure.Source", "recipient"));
        assertRole(event, World.SERVER_BASE, balp().role("PrivacyDisclosure.Source", "source"));
    }

    private static void assertRole(AuditEvent event, String who, Coding role) {
        assertThat(event.getAgent())
                .filteredOn(agent -> who.equals(agent.getWho().getIdentifier().getValue())
                        || who.equals(agent.getWho().getDisplay()))
                .singleElement()
                .satisfies(
                        agent -> assertThat(agent.getType().getCodingFirstRep().equalsDeep(role))
                                .as(who + " is " + role.getDisplay())
                                .isTrue());
    }

    @ParameterizedTest
    @EnumSource(AuditedInteraction.class)
    void refusalOfAnythingIsValidAndNamesNoProfile(AuditedInteraction interaction) {
        for (AuditedCaller caller : new AuditedCaller[] {null, Entries.clinician(), Entries.insurer()}) {
            AuditEvent event = only(Entries.denied(interaction, caller, "SN-CONSENT-001", "anna"));
            assertThat(event.getMeta().getProfile()).isEmpty();
            assertThat(event.getOutcome()).isEqualTo(AuditEventOutcome._4);
            assertThat(balp().errors(event)).isEmpty();
        }
    }

    /** BALP's patterns are for successes; a refusal differs from them in its outcome alone. */
    @ParameterizedTest
    @EnumSource(
            value = AuditedInteraction.class,
            names = {"READ", "SEARCH", "CREATE", "UPDATE", "DELETE"})
    void refusalHasTheShapeOfTheSuccess(AuditedInteraction interaction) {
        AuditEvent event = only(Entries.denied(interaction, Entries.clinician(), "SN-CONSENT-001", "anna"));
        String profile = String.valueOf(EventShape.of(interaction).profile(true));
        String name = profile.substring(profile.lastIndexOf('.') + 1);
        assertThat(balp().errors(event, name)).isNotEmpty();
        event.setOutcome(AuditEventOutcome._0);
        assertThat(balp().errors(event, name)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(AuditedInteraction.class)
    void everySuccessIsValid(AuditedInteraction interaction) {
        for (AuditedCaller caller : new AuditedCaller[] {null, Entries.job(), Entries.insurer()}) {
            for (List<AuditedRecord> records : List.of(
                    List.<AuditedRecord>of(),
                    List.of(new AuditedRecord("anna", "Observation", "hr", null)),
                    Entries.many("anna", 30))) {
                AuditEvent event = only(Entries.granted(interaction, "$operation", caller, records));
                // BALP's patterns of reads and writes demand the record.
                boolean record = EventShape.of(interaction).profile(false) != null
                        && interaction != AuditedInteraction.SEARCH
                        && interaction != AuditedInteraction.BULK;
                if (!records.isEmpty() || !record) {
                    assertThat(balp().errors(event)).isEmpty();
                }
            }
        }
    }

    @Test
    void whatAJobSaysOfItsRunIsValid() {
        UUID id = UUID.randomUUID();
        List<AuditedDetail> details = List.of(new AuditedDetail("model", "af 1"), new AuditedDetail("patients", "12"));
        for (JobRun run : List.of(
                JobRun.started(id, "risk-scoring", details),
                JobRun.ended(id, "risk-scoring", true, details),
                JobRun.ended(id, "risk-scoring", false, details))) {
            AuditEvent event = only(Entries.entry(run.facts("192.0.2.7"), Entries.job(), run.outcome(), List.of()));
            assertThat(balp().errors(event)).isEmpty();
        }
    }

    /** What is not of the profile's shape is found: the tests above can fail. */
    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake("read without a destination", AuditedInteraction.READ, event -> event.getAgent()
                        .get(0)
                        .setType(new CodeableConcept(AuditCodes.source()))),
                mistake("query without a source", AuditedInteraction.SEARCH, event -> event.getAgent()
                        .get(0)
                        .setType(new CodeableConcept(AuditCodes.destination()))),
                mistake("no patient", AuditedInteraction.READ, event -> event.getEntity()
                        .removeIf(entity -> "1".equals(entity.getType().getCode()))),
                mistake("no query", AuditedInteraction.SEARCH, event -> event.getEntity()
                        .removeIf(entity -> entity.hasQuery())),
                mistake("reader as author", AuditedInteraction.READ, event -> event.getAgent()
                        .get(2)
                        .setRequestor(false)),
                mistake(
                        "create that says read",
                        AuditedInteraction.CREATE,
                        event -> event.setAction(AuditEventAction.R)),
                mistake("query with a what", AuditedInteraction.SEARCH, event -> event.getEntity().stream()
                        .filter(entity -> entity.hasQuery())
                        .forEach(entity -> entity.getWhat().setReference("Observation/hr"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void mistakeIsFound(String what, AuditEvent event) {
        assertThat(balp().errors(event)).as(what).isNotEmpty();
    }

    @Test
    void clientIsToldAsTheOAuthClientOfTheToken() {
        AuditEvent read = only(granted(
                AuditedInteraction.READ,
                null,
                Entries.clinician(),
                new AuditedRecord("anna", "Observation", "hr", "2")));
        assertThat(balp().errors(read, "OAUTHaccessTokenUse.Comprehensive")).isEmpty();
    }

    private static Arguments mistake(String what, AuditedInteraction interaction, Consumer<AuditEvent> change) {
        AuditEvent event = only(
                granted(interaction, null, Entries.clinician(), new AuditedRecord("anna", "Observation", "hr", "2")));
        change.accept(event);
        return Arguments.of(what, event);
    }

    private static AuditEntry granted(
            AuditedInteraction interaction,
            @Nullable String operation,
            AuditedCaller caller,
            AuditedRecord... records) {
        return Entries.granted(interaction, operation, caller, List.of(records));
    }

    private static AuditEvent only(AuditEntry entry) {
        List<AuditEvent> events = EVENTS.render(entry);
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    private static BalpPackage balp() {
        if (balp == null) {
            throw new IllegalStateException("not loaded");
        }
        return balp;
    }
}
