package eu.sinusnode.policy.consent;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.testing.Records;
import eu.sinusnode.policy.testing.World;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConsentCompilerTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private final ConsentCompiler compiler = new ConsentCompiler(BERLIN);

    @Test
    void onePermitForEachOrganizationPurposeTypeAndCode() {
        Consent consent = Records.withId(Records.consent(World.ANNA), "c1");
        ProvisionComponent provision = Records.permit(consent, World.CLINIC, "TREAT", "CAREMGT");
        provision
                .addActor()
                .setRole(Records.concept(Codes.PARTICIPATION_TYPE, "IRCP"))
                .setReference(new Reference("Organization/" + World.CENTRE));
        provision.addClass_(new Coding(Codes.RESOURCE_TYPES, "Observation", null));
        provision.addClass_(new Coding(Codes.RESOURCE_TYPES, "Condition", null));
        provision.addCode(Records.concept(Codes.LOINC, Codes.HEART_RATE));
        List<Permit> permits = permits(consent);
        assertThat(permits).hasSize(2 * 2 * 2);
        assertThat(permits.get(0))
                .isEqualTo(new Permit(
                        World.ANNA,
                        "c1",
                        3,
                        "provision.provision[0]",
                        World.CLINIC,
                        Purpose.TREAT,
                        "Observation",
                        Codes.LOINC,
                        Codes.HEART_RATE,
                        Instant.EPOCH,
                        null));
    }

    @Test
    void withoutTypeAndCodeEverythingIsPermitted() {
        Consent consent = Records.consent(World.ANNA);
        Records.permit(consent, World.INSURER, "HPAYMT");
        assertThat(permits(consent)).singleElement().satisfies(permit -> {
            assertThat(permit.resourceType()).isNull();
            assertThat(permit.code()).isNull();
        });
    }

    @Test
    void consentThatPermitsNobodyIsValidAndEmpty() {
        assertThat(permits(Records.consent(World.ANNA))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = ConsentState.class,
            names = {"ACTIVE", "NULL"},
            mode = EnumSource.Mode.EXCLUDE)
    void onlyAnActiveConsentPermits(ConsentState status) {
        Consent consent = Records.consent(World.ANNA);
        Records.permit(consent, World.CLINIC, "TREAT");
        consent.setStatus(status);
        assertThat(permits(consent)).isEmpty();
    }

    @Test
    void withdrawalIsNeverRefusedForWhatItSaid() {
        Consent consent = Records.consent(World.ANNA);
        Records.permit(consent, World.CLINIC, "TREAT").addAction(new CodeableConcept());
        consent.setStatus(ConsentState.INACTIVE);
        assertThat(permits(consent)).isEmpty();
    }

    @Test
    void periodsAreDaysWhereThePatientLivesAndIncludeTheirEnd() {
        Consent consent = Records.consent(World.ANNA);
        Period whole = new Period().setEndElement(new DateTimeType("2026-12-31"));
        consent.getProvision().setPeriod(whole);
        Period own = new Period().setStartElement(new DateTimeType("2026-03-01"));
        Records.permit(consent, World.CLINIC, "TREAT").setPeriod(own);
        assertThat(permits(consent)).singleElement().satisfies(permit -> {
            assertThat(permit.validFrom()).isEqualTo(Instant.parse("2026-02-28T23:00:00Z"));
            assertThat(permit.validTo()).isEqualTo(Instant.parse("2026-12-31T23:00:00Z"));
        });
    }

    @Test
    void periodOutsideTheWholeConsentPermitsNothing() {
        Consent consent = Records.consent(World.ANNA);
        consent.getProvision().setPeriod(new Period().setEndElement(new DateTimeType("2025-12-31")));
        Records.permit(consent, World.CLINIC, "TREAT")
                .setPeriod(new Period().setStartElement(new DateTimeType("2026-01-01")));
        assertThat(permits(consent)).isEmpty();
    }

    static Stream<Arguments> whatCannotBeEnforced() {
        return Stream.of(
                refused("Consent.scope", consent -> consent.setScope(null)),
                refused("Consent.scope", consent -> consent.setScope(Records.concept("http://x", "patient-privacy"))),
                refused("Consent.patient", consent -> consent.setPatient(null)),
                refused("Consent.patient", consent -> consent.setPatient(new Reference("Group/1"))),
                refused(
                        "Consent.modifierExtension",
                        consent -> consent.addModifierExtension(new Extension("http://x", new StringType("not")))),
                refused("Consent.provision.type", consent -> consent.setProvision(null)),
                refused("Consent.provision.type", consent -> consent.getProvision()
                        .setType(ConsentProvisionType.PERMIT)),
                refused(
                        "Consent.provision.purpose",
                        consent -> consent.getProvision().addPurpose().setCode("TREAT")),
                refused(
                        "Consent.provision.actor",
                        consent -> consent.getProvision().addActor().setReference(new Reference("Organization/1"))),
                refused(
                        "Consent.provision.class",
                        consent -> consent.getProvision().addClass_().setCode("Patient")),
                refused("Consent.provision.code", consent -> consent.getProvision()
                        .addCode(Records.concept("a", "b"))),
                refused(
                        "Consent.provision.securityLabel",
                        consent -> consent.getProvision().addSecurityLabel().setCode("R")),
                nested("type", provision -> provision.setType(ConsentProvisionType.DENY)),
                nested("type", provision -> provision.setType(null)),
                nested("action", provision -> provision.addAction(Records.concept("a", "disclose"))),
                nested(
                        "securityLabel",
                        provision -> provision.addSecurityLabel().setCode("R")),
                nested(
                        "dataPeriod",
                        provision -> provision.setDataPeriod(new Period().setStartElement(new DateTimeType("2026")))),
                nested("data", provision -> provision.addData().setReference(new Reference("Observation/1"))),
                nested("provision", provision -> provision.addProvision().setType(ConsentProvisionType.PERMIT)),
                nested(
                        "modifierExtension",
                        provision -> provision.addModifierExtension(new Extension("http://x", new StringType("not")))),
                nested("purpose", provision -> provision.getPurpose().clear()),
                nested("purpose", provision -> provision.addPurpose(new Coding(Codes.ACT_REASON, "HMARKT", null))),
                nested("purpose", provision -> provision.addPurpose(new Coding(Codes.ACT_REASON, "HSYSADMIN", null))),
                nested("purpose", provision -> provision.addPurpose(new Coding("http://x", "TREAT", null))),
                nested("actor", provision -> provision.getActor().clear()),
                nested(
                        "actor[0].role",
                        provision -> provision.getActorFirstRep().setRole(Records.concept("a", "b"))),
                nested(
                        "actor[0].reference",
                        provision -> provision.getActorFirstRep().setReference(new Reference("Practitioner/1"))),
                nested("actor[0].reference", provision -> provision
                        .getActorFirstRep()
                        .setReference(new Reference("https://elsewhere.example/fhir/Organization/1"))),
                nested("actor[0].reference", provision -> provision
                        .getActorFirstRep()
                        .setReference(new Reference("Organization?identifier=1"))),
                nested("class", provision -> provision.addClass_(new Coding(Codes.RESOURCE_TYPES, "Vital", null))),
                nested("class", provision -> provision.addClass_(new Coding("http://x", "Observation", null))),
                nested("code", provision -> provision.addCode(new CodeableConcept().setText("heart rate"))),
                nested("code", provision -> provision.addCode(Records.concept("", Codes.HEART_RATE))),
                nested(
                        "period",
                        provision -> provision.setPeriod(new Period()
                                .setStartElement(new DateTimeType("2026-02-01"))
                                .setEndElement(new DateTimeType("2026-01-01")))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whatCannotBeEnforced")
    void whatCannotBeEnforcedIsRefused(String path, Consumer<Consent> change) {
        Consent consent = Records.consent(World.ANNA);
        Records.permit(consent, World.CLINIC, "TREAT");
        change.accept(consent);
        assertThat(compiler.compile(consent, 1)).isInstanceOfSatisfying(Compilation.Refused.class, refused -> {
            assertThat(refused.path()).isEqualTo(path);
            assertThat(refused.reason()).isNotBlank().doesNotEndWith(".");
        });
    }

    @Test
    void recordsOfTheSameTransactionCanBeNamed() {
        Consent consent = Records.consent(World.ANNA);
        Records.permit(consent, "x", "TREAT").getActorFirstRep().setReference(new Reference("urn:uuid:1"));
        assertThat(compiler.compile(consent, 1)).isInstanceOf(Compilation.Refused.class);
        assertThat(compiler.compile(consent, 1, name -> name.equals("urn:uuid:1") ? "Organization/new" : name))
                .isInstanceOfSatisfying(Compilation.Compiled.class, compiled -> assertThat(compiled.permits())
                        .singleElement()
                        .extracting(Permit::organizationId)
                        .isEqualTo("new"));
    }

    private static Arguments refused(String path, Consumer<Consent> change) {
        return Arguments.of(path, change);
    }

    private static Arguments nested(String element, Consumer<ProvisionComponent> change) {
        Consumer<Consent> inConsent =
                consent -> change.accept(consent.getProvision().getProvisionFirstRep());
        return Arguments.of("Consent.provision.provision[0]." + element, inConsent);
    }

    private List<Permit> permits(Consent consent) {
        Compilation compilation = compiler.compile(consent, 3);
        assertThat(compilation).isInstanceOf(Compilation.Compiled.class);
        return ((Compilation.Compiled) compilation).permits();
    }
}
