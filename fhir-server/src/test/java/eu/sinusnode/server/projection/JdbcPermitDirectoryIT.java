package eu.sinusnode.server.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.access.Relationship;
import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.policy.consent.ConsentCompiler;
import eu.sinusnode.policy.consent.Directive;
import eu.sinusnode.policy.consent.Directive.Effect;
import eu.sinusnode.policy.consent.Target;
import eu.sinusnode.policy.consent.Validity;
import eu.sinusnode.policy.narrowing.MembershipExtractor;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcPermitDirectoryIT {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final String CLINIC = "00000000-0000-4000-8000-0000000000c1";
    private static final String OTHER_CLINIC = "00000000-0000-4000-8000-0000000000c2";
    private static final String ADA = "0a000000-0000-4000-8000-000000000001";
    private static final String BEN = "9b000000-0000-4000-8000-000000000002";
    private static final String CAI = "fc000000-0000-4000-8000-000000000003";

    private static final Set<String> EVERYBODY = Set.of(ADA, BEN, CAI);

    private static OwnTables tables;
    private static ProjectionInterceptor storage;
    private static JdbcPermitDirectory directory;

    @BeforeAll
    static void migrate() {
        tables = OwnTables.migrated();
        storage = new ProjectionInterceptor(List.of(
                new PermitProjection(tables.transaction(), new ConsentCompiler(ZoneOffset.UTC)),
                new MembershipProjection(tables.transaction(), new MembershipExtractor(ZoneOffset.UTC))));
        directory = new JdbcPermitDirectory(tables.dataSource());
    }

    @BeforeEach
    void empty() {
        tables.jdbc().execute("TRUNCATE sinusnode.directive, sinusnode.membership");
    }

    @Test
    void aPermitIsReadAsItWasCompiled() {
        Consent consent = Consents.denying(ADA);
        Consents.permit(consent, CLINIC, Purpose.TREAT)
                .addClass_(new Coding(Codes.RESOURCE_TYPES, "Observation", null))
                .addCode(new org.hl7.fhir.r4.model.CodeableConcept(new Coding(Codes.LOINC, Codes.HEART_RATE, null)))
                .setPeriod(Consents.period("2026-01-01", "2026-12-31"));
        Consents.permit(consent, CLINIC, Purpose.TREAT);

        tables.create(storage, consent);

        String id = consent.getIdElement().getIdPart();
        assertThat(directory.directivesOf(Set.of(ADA, BEN), CLINIC, Purpose.TREAT, NOW))
                .containsExactly(
                        directive(
                                id,
                                0,
                                Effect.PERMIT,
                                new Target(
                                        "Observation", new Code(Codes.LOINC, Codes.HEART_RATE), Set.of(), null, null),
                                new Validity(
                                        Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2027-01-01T00:00:00Z"))),
                        directive(id, 1, Effect.PERMIT, Target.ALL, Validity.ALWAYS));
    }

    private static Directive directive(String consent, int provision, Effect effect, Target target, Validity validity) {
        return new Directive(
                effect,
                ADA,
                consent,
                1,
                "provision.provision[" + provision + "]",
                "Organization/" + CLINIC,
                Purpose.TREAT,
                target,
                validity);
    }

    @Test
    void whatIsDeniedIsReadWithWhatIsPermitted() {
        String practitioner = OwnTables.newId();
        Consent consent = Consents.permitting(ADA, CLINIC, Purpose.TREAT);
        Consent.ProvisionComponent permit = consent.getProvision().getProvisionFirstRep();
        permit.addSecurityLabel(new Coding("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "N", null));
        permit.addData().setMeaning(Consent.ConsentDataMeaning.INSTANCE).setReference(new Reference("Observation/1"));
        deny(consent, "Organization/" + CLINIC).addPurpose(new Coding(Codes.ACT_REASON, "TREAT", null));
        deny(consent, "Organization/" + CLINIC);
        deny(consent, "Practitioner/" + practitioner);
        deny(consent, "Organization/" + OTHER_CLINIC);
        consent.getProvision()
                .addProvision()
                .setType(Consent.ConsentProvisionType.DENY)
                .addClass_(new Coding(Codes.RESOURCE_TYPES, "Condition", null));
        tables.create(storage, consent, Consents.careTeam(ADA, CLINIC, null));

        List<Directive> directives = permits(NOW.toString());

        assertThat(directives)
                .extracting(Directive::permits, Directive::actor, Directive::purpose)
                .containsExactly(
                        tuple(true, "Organization/" + CLINIC, Purpose.TREAT),
                        tuple(false, "Organization/" + CLINIC, Purpose.TREAT),
                        tuple(false, "Organization/" + CLINIC, null),
                        tuple(false, "Practitioner/" + practitioner, null),
                        tuple(false, null, null));
        assertThat(directives.get(0).target())
                .isEqualTo(new Target(
                        "Observation",
                        null,
                        Set.of(new Code("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "N")),
                        null,
                        "Observation/1"));
        assertThat(range(Relationship.CARE_TEAM, null, 10)).isEqualTo(directives);
        assertThat(permitsOfRelated(CLINIC).get(ADA)).isEqualTo(directives);
        assertThat(directory.permittedPatients(OTHER_CLINIC, Purpose.TREAT, Relationship.NONE_NEEDED, null, 10, NOW))
                .as("who only denies permits nobody")
                .isEmpty();
    }

    private static Consent.ProvisionComponent deny(Consent consent, String actor) {
        Consent.ProvisionComponent deny =
                consent.getProvision().addProvision().setType(Consent.ConsentProvisionType.DENY);
        deny.addActor()
                .setRole(new org.hl7.fhir.r4.model.CodeableConcept(new Coding(Codes.PARTICIPATION_TYPE, "IRCP", null)))
                .setReference(new Reference(actor));
        return deny;
    }

    @Test
    void aPermitEndsWithItsPeriodAndNotBefore() {
        Consent consent = Consents.denying(ADA);
        Consents.permit(consent, CLINIC, Purpose.TREAT).setPeriod(Consents.period("2026-11-01", "2026-11-30"));
        tables.create(storage, consent);

        assertThat(permits("2026-10-31T23:59:59.999Z")).isEmpty();
        assertThat(permits("2026-11-01T00:00:00Z")).hasSize(1);
        assertThat(permits("2026-11-30T23:59:59.999Z")).hasSize(1);
        assertThat(permits("2026-12-01T00:00:00Z")).isEmpty();
    }

    @Test
    void aWithdrawnChangedOrDeletedConsentPermitsNoMore() {
        Consent consent = Consents.permitting(ADA, CLINIC, Purpose.TREAT);
        tables.create(storage, consent);
        assertThat(permits(NOW.toString())).hasSize(1);

        tables.update(storage, OwnTables.nextVersion(consent).setStatus(Consent.ConsentState.INACTIVE));
        assertThat(permits(NOW.toString())).isEmpty();

        tables.update(storage, OwnTables.nextVersion(consent).setStatus(Consent.ConsentState.ACTIVE));
        assertThat(permits(NOW.toString()))
                .extracting(Directive::consentVersion)
                .containsExactly(3L);

        tables.delete(storage, consent);
        assertThat(permits(NOW.toString())).isEmpty();
    }

    @Test
    void aConsentThatMovesToAnotherPatientTakesItsPermitsAlong() {
        Consent consent = Consents.permitting(ADA, CLINIC, Purpose.TREAT);
        tables.create(storage, consent);

        tables.update(storage, OwnTables.nextVersion(consent).setPatient(new Reference("Patient/" + BEN)));

        assertThat(directory.directivesOf(List.of(ADA, BEN), CLINIC, Purpose.TREAT, NOW))
                .extracting(Directive::patientId)
                .containsExactly(BEN);
    }

    @Test
    void whatCannotBeEnforcedIsNotStored() {
        Consent consent = Consents.permitting(ADA, CLINIC, Purpose.TREAT);
        Consents.permit(consent, CLINIC, Purpose.TREAT)
                .addAction(new org.hl7.fhir.r4.model.CodeableConcept().setText("read"));

        assertThatThrownBy(() -> tables.create(storage, consent)).isInstanceOf(UnprocessableEntityException.class);
        assertThat(permits(NOW.toString())).isEmpty();
    }

    @Test
    void aWithdrawalThatRollsBackWithdrawsNothing() {
        Consent consent = Consents.permitting(ADA, CLINIC, Purpose.TREAT);
        tables.create(storage, consent);
        Consent unenforceable = Consents.permitting(BEN, "clinic-1", Purpose.TREAT);

        assertThatThrownBy(() -> tables.update(
                        storage,
                        OwnTables.nextVersion(consent).setStatus(Consent.ConsentState.INACTIVE),
                        unenforceable))
                .isInstanceOf(UnprocessableEntityException.class);

        assertThat(permits(NOW.toString())).hasSize(1);
    }

    @Test
    void aMembershipEndsWithItsPeriod() {
        CareTeam team = Consents.careTeam(ADA, CLINIC, Consents.period("2026-01-01", "2026-11-23"));
        tables.create(storage, team);

        assertThat(related(Relationship.CARE_TEAM, "2026-11-23T23:59:59Z")).containsExactly(ADA);
        assertThat(related(Relationship.CARE_TEAM, "2026-11-24T00:00:00Z")).isEmpty();
        assertThat(related(Relationship.COVERAGE, "2026-11-23T12:00:00Z")).isEmpty();
    }

    @Test
    void aMembershipFollowsItsCareTeamAndItsCoverage() {
        CareTeam team = Consents.careTeam(ADA, CLINIC, null);
        Coverage coverage = Consents.coverage(BEN, CLINIC, null);
        tables.create(storage, team, coverage);
        assertThat(related(Relationship.CARE_TEAM, NOW.toString())).containsExactly(ADA);
        assertThat(related(Relationship.COVERAGE, NOW.toString())).containsExactly(BEN);

        tables.update(
                storage,
                OwnTables.nextVersion(team).setStatus(CareTeam.CareTeamStatus.INACTIVE),
                OwnTables.nextVersion(coverage).setStatus(Coverage.CoverageStatus.CANCELLED));

        assertThat(related(Relationship.CARE_TEAM, NOW.toString())).isEmpty();
        assertThat(related(Relationship.COVERAGE, NOW.toString())).isEmpty();
    }

    @Test
    void aRangeHoldsLinkedPatientsWithAllTheirPermitsInOrder() {
        tables.create(
                storage,
                twice(CAI),
                twice(ADA),
                twice(BEN),
                Consents.careTeam(CAI, CLINIC, null),
                Consents.careTeam(ADA, CLINIC, null),
                Consents.careTeam(BEN, OTHER_CLINIC, null));

        assertThat(range(Relationship.CARE_TEAM, null, 10))
                .extracting(Directive::patientId)
                .containsExactly(ADA, ADA, CAI, CAI);
        assertThat(range(Relationship.NONE_NEEDED, null, 2))
                .extracting(Directive::patientId)
                .containsExactly(ADA, ADA, BEN, BEN);
        assertThat(range(Relationship.NONE_NEEDED, BEN, 2))
                .extracting(Directive::patientId)
                .containsExactly(CAI, CAI);
        assertThat(range(Relationship.COVERAGE, null, 10)).isEmpty();
    }

    @Test
    void whoIsRelatedAndWhatTheyPermitIsToldAtOnce() {
        tables.create(
                storage,
                twice(ADA),
                Consents.permitting(BEN, OTHER_CLINIC, Purpose.TREAT),
                twice(CAI),
                Consents.careTeam(ADA, CLINIC, null),
                Consents.careTeam(BEN, CLINIC, null),
                Consents.careTeam(CAI, OTHER_CLINIC, null));

        Map<String, List<Directive>> related = permitsOfRelated(CLINIC);

        assertThat(related.keySet())
                .isEqualTo(directory.relatedAmong(EVERYBODY, CLINIC, Relationship.CARE_TEAM, NOW))
                .containsExactlyInAnyOrder(ADA, BEN);
        assertThat(related.get(ADA))
                .hasSize(2)
                .isEqualTo(directory.directivesOf(Set.of(ADA), CLINIC, Purpose.TREAT, NOW));
        assertThat(related.get(BEN)).isEmpty();
        assertThat(permitsOfRelated("' OR 1=1 --")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Relationship.class,
            names = {"SELF", "NO_RECORDS"})
    void whoHasNoLinkAsAnOrganizationFindsNobody(Relationship relationship) {
        tables.create(storage, Consents.permitting(ADA, CLINIC, Purpose.TREAT), Consents.careTeam(ADA, CLINIC, null));

        assertThat(range(relationship, null, 10)).isEmpty();
        assertThat(directory.relatedAmong(Set.of(ADA), CLINIC, relationship, NOW))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"clinic-1", "' OR 1=1 --", "", "00000000-0000-4000-8000-0000000000C1"})
    void anIdThatIsNoUuidFindsNothing(String id) {
        tables.create(storage, Consents.permitting(ADA, CLINIC, Purpose.TREAT), Consents.careTeam(ADA, CLINIC, null));

        assertThat(directory.directivesOf(Set.of(ADA), id, Purpose.TREAT, NOW)).isEmpty();
        assertThat(directory.directivesOf(Set.of(id), CLINIC, Purpose.TREAT, NOW))
                .isEmpty();
        assertThat(directory.relatedAmong(Set.of(ADA), id, Relationship.CARE_TEAM, NOW))
                .isEmpty();
        assertThat(directory.permittedPatients(CLINIC, Purpose.TREAT, Relationship.NONE_NEEDED, id, 10, NOW))
                .isEmpty();
    }

    private static Consent twice(String patient) {
        Consent consent = Consents.permitting(patient, CLINIC, Purpose.TREAT);
        Consents.permit(consent, CLINIC, Purpose.TREAT);
        return consent;
    }

    private static Map<String, List<Directive>> permitsOfRelated(String organization) {
        return directory.directivesOfRelated(EVERYBODY, organization, Relationship.CARE_TEAM, Purpose.TREAT, NOW);
    }

    private static List<Directive> permits(String at) {
        return directory.directivesOf(Set.of(ADA), CLINIC, Purpose.TREAT, Instant.parse(at));
    }

    private static Set<String> related(Relationship relationship, String at) {
        return directory.relatedAmong(Set.of(ADA, BEN), CLINIC, relationship, Instant.parse(at));
    }

    private static List<Directive> range(Relationship relationship, @Nullable String after, int patients) {
        return directory.permittedPatients(CLINIC, Purpose.TREAT, relationship, after, patients, NOW);
    }
}
