package eu.sinusnode.policy.consent;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.consent.Directive.Effect;
import eu.sinusnode.policy.testing.Records;
import eu.sinusnode.policy.testing.World;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentDataMeaning;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class DirectiveCompilerTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Code RESTRICTED = new Code(Confidentiality.SYSTEM, "R");
    private final DirectiveCompiler compiler = new DirectiveCompiler(BERLIN);

    @Test
    void oneDirectiveForEachActorPurposeTypeAndCode() {
        Consent consent = Records.withId(Records.consent(World.ANNA), "c1");
        ProvisionComponent provision = Records.permit(consent, World.CLINIC, "TREAT", "CAREMGT");
        actor(provision, "Organization/" + World.CENTRE);
        provision.addClass_(new Coding(Codes.RESOURCE_TYPES, "Observation", null));
        provision.addClass_(new Coding(Codes.RESOURCE_TYPES, "Condition", null));
        provision.addCode(Records.concept(Codes.LOINC, Codes.HEART_RATE));
        List<Directive> directives = directives(consent);
        assertThat(directives).hasSize(1 + 2 * 2 * 2);
        assertThat(directives.get(0))
                .as("the root")
                .isEqualTo(new Directive(
                        Effect.DENY, World.ANNA, "c1", 3, "provision", null, null, Target.ALL, Validity.ALWAYS));
        assertThat(directives.get(1))
                .isEqualTo(new Directive(
                        Effect.PERMIT,
                        World.ANNA,
                        "c1",
                        3,
                        "provision.provision[0]",
                        "Organization/" + World.CLINIC,
                        Purpose.TREAT,
                        new Target("Observation", new Code(Codes.LOINC, Codes.HEART_RATE), Set.of(), null, null),
                        Validity.ALWAYS));
    }

    @Test
    void anExceptionSaysAllThatIsSaidAroundIt() {
        Consent consent = Records.consent(World.ANNA);
        ProvisionComponent permit = Records.permit(consent, World.CLINIC, "TREAT");
        permit.setDataPeriod(period("2020-01-01", "2021-12-31"));
        ProvisionComponent deny = permit.addProvision().setType(ConsentProvisionType.DENY);
        deny.addClass_(new Coding(Codes.RESOURCE_TYPES, "Observation", null));
        deny.addSecurityLabel(new Coding(RESTRICTED.system(), RESTRICTED.code(), null));
        ProvisionComponent back = deny.addProvision().setType(ConsentProvisionType.PERMIT);
        back.setDataPeriod(period("2021-06-01", null));
        Directive directive = directives(consent).get(3);
        assertThat(directive.permits()).isTrue();
        assertThat(directive.provision()).isEqualTo("provision.provision[0].provision[0].provision[0]");
        assertThat(directive.actor()).isEqualTo("Organization/" + World.CLINIC);
        assertThat(directive.target())
                .isEqualTo(new Target(
                        "Observation",
                        null,
                        Set.of(RESTRICTED),
                        new Validity(Instant.parse("2021-05-31T22:00:00Z"), Instant.parse("2021-12-31T23:00:00Z")),
                        null));
    }

    @Test
    void theRootMayPermitWhomItNames() {
        Consent consent = basic();
        consent.getProvision()
                .addProvision()
                .setType(ConsentProvisionType.DENY)
                .addClass_(new Coding(Codes.RESOURCE_TYPES, "Condition", null));
        assertThat(directives(consent)).extracting(Directive::effect).containsExactly(Effect.PERMIT, Effect.DENY);
    }

    @Test
    void aRootWithoutTypeDenies() {
        Consent consent = Records.consent(World.ANNA);
        consent.getProvision().setType(null);
        assertThat(directives(consent)).singleElement().satisfies(root -> assertThat(root.permits())
                .isFalse());
    }

    @Test
    void aRecordIsNamedWithItsType() {
        Consent consent = Records.consent(World.ANNA);
        data(Records.permit(consent, World.CLINIC, "TREAT"), "Observation/o1");
        assertThat(directives(consent).get(1).target())
                .isEqualTo(new Target("Observation", null, Set.of(), null, "Observation/o1"));
    }

    @Test
    void whatRecordsHangTogetherWithIsNamedWithOrWithoutTheirClass() {
        Consent consent = Records.consent(World.ANNA);
        ProvisionComponent permit = Records.permit(consent, World.CLINIC, "TREAT");
        permit.addClass_(new Coding(Codes.RESOURCE_TYPES, "Observation", null));
        data(permit, "Practitioner/x", ConsentDataMeaning.AUTHOREDBY);
        ProvisionComponent deny = permit.addProvision().setType(ConsentProvisionType.DENY);
        deny.setPurpose(null);
        ProvisionComponent other = consent.getProvision().addProvision().setType(ConsentProvisionType.DENY);
        data(other, "Encounter/e", ConsentDataMeaning.RELATED);
        data(other, "Condition/c", ConsentDataMeaning.INSTANCE);
        Bond author = new Bond(Bond.Kind.AUTHORED_BY, "Practitioner/x");
        assertThat(directives(consent))
                .extracting(Directive::target)
                .containsExactly(
                        Target.ALL,
                        new Target("Observation", null, Set.of(), null, null, author),
                        new Target("Observation", null, Set.of(), null, null, author),
                        new Target(null, null, Set.of(), null, null, new Bond(Bond.Kind.RELATED, "Encounter/e")),
                        new Target("Condition", null, Set.of(), null, "Condition/c"));
    }

    @Test
    void aCareTeamIsPermittedAndDenied() {
        for (ConsentProvisionType type : List.of(ConsentProvisionType.PERMIT, ConsentProvisionType.DENY)) {
            Consent consent = Records.consent(World.ANNA);
            ProvisionComponent provision =
                    Records.permit(consent, World.CLINIC, "TREAT").setType(type);
            provision.getActorFirstRep().setReference(new Reference("CareTeam/team"));
            assertThat(directives(consent).get(1).actor()).isEqualTo("CareTeam/team");
        }
    }

    @Test
    void aDenyMayNamePersonsAndEverybody() {
        Consent consent = Records.consent(World.ANNA);
        actor(consent.getProvision().addProvision().setType(ConsentProvisionType.DENY), "Practitioner/x");
        assertThat(directives(consent).get(1).actor()).isEqualTo("Practitioner/x");
        assertThat(directives(consent).get(1).purpose()).isNull();
    }

    @Test
    void aPersonIsAnExceptionToAnOrganization() {
        Consent consent = basic();
        actor(consent.getProvision().addProvision().setType(ConsentProvisionType.DENY), "Practitioner/x");
        assertThat(directives(consent).get(1).actor()).isEqualTo("Practitioner/x");
        consent.getProvision().getProvisionFirstRep().setType(ConsentProvisionType.PERMIT);
        assertThat(compiler.compile(consent, 1, name -> name)).isInstanceOf(Compilation.Refused.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = ConsentState.class,
            names = {"ACTIVE", "NULL"},
            mode = EnumSource.Mode.EXCLUDE)
    void onlyAnActiveConsentSaysAnything(ConsentState status) {
        Consent consent = Records.consent(World.ANNA);
        Records.permit(consent, World.CLINIC, "TREAT").addAction(new CodeableConcept());
        consent.setStatus(status);
        assertThat(directives(consent)).as("a withdrawal is never refused").isEmpty();
    }

    @Test
    void whatLiesOutsideThePeriodOfTheWholeNeverHolds() {
        Consent consent = Records.consent(World.ANNA);
        consent.getProvision().setPeriod(period(null, "2025-12-31"));
        Records.permit(consent, World.CLINIC, "TREAT").setPeriod(period("2026-01-01", null));
        assertThat(directives(consent)).hasSize(1);
    }

    @Test
    void dataWithoutABeginningIsAllThatIsOlder() {
        Consent consent = Records.consent(World.ANNA);
        Records.permit(consent, World.CLINIC, "TREAT").setDataPeriod(period(null, "1960-12-31"));
        assertThat(directives(consent).get(1).target().dataPeriod())
                .isEqualTo(new Validity(Instant.MIN, Instant.parse("1960-12-31T23:00:00Z")));
    }

    @Test
    void recordsOfTheSameTransactionCanBeNamed() {
        Consent consent = Records.consent(World.ANNA);
        Records.permit(consent, "x", "TREAT").getActorFirstRep().setReference(new Reference("urn:uuid:1"));
        assertThat(compiler.compile(consent, 1, name -> name)).isInstanceOf(Compilation.Refused.class);
        assertThat(compiler.compile(consent, 1, name -> name.equals("urn:uuid:1") ? "Organization/new" : name))
                .isInstanceOfSatisfying(Compilation.Compiled.class, compiled -> assertThat(compiled.directives())
                        .extracting(Directive::actor)
                        .containsExactly(null, "Organization/new"));
    }

    static Stream<Arguments> whatCannotBeUnderstood() {
        return Stream.of(
                refused("Consent.scope", consent -> consent.setScope(null)),
                refused("Consent.scope", consent -> consent.setScope(Records.concept("http://x", "patient-privacy"))),
                refused("Consent.patient", consent -> consent.setPatient(null)),
                refused("Consent.patient", consent -> consent.setPatient(new Reference("Group/1"))),
                refused(
                        "Consent.modifierExtension",
                        consent -> consent.addModifierExtension(new Extension("http://x", new StringType("not")))),
                refused("Consent.provision.actor", consent -> consent.getProvision()
                        .setType(ConsentProvisionType.PERMIT)),
                refused(
                        "Consent.provision.purpose",
                        consent ->
                                actor(consent.getProvision().setType(ConsentProvisionType.PERMIT), "Organization/1")),
                nested("type", provision -> provision.setType(null)),
                nested("action", provision -> provision.addAction(Records.concept("a", "disclose"))),
                nested(
                        "securityLabel",
                        provision -> provision.addSecurityLabel().setCode("R")),
                nested(
                        "securityLabel",
                        provision -> provision.addSecurityLabel(new Coding(Confidentiality.SYSTEM, "X", null))),
                nested("dataPeriod", provision -> provision.setDataPeriod(period("2026-02-01", "2026-01-01"))),
                nested("data[0].reference", provision -> data(provision, "Vital/1")),
                nested("data[0].reference", provision -> data(provision, "https://elsewhere.example/Observation/1")),
                nested(
                        "data",
                        provision -> data(
                                provision.addClass_(new Coding(Codes.RESOURCE_TYPES, "Observation", null)),
                                "Observation/1")),
                nested(
                        "modifierExtension",
                        provision -> provision.addModifierExtension(new Extension("http://x", new StringType("not")))),
                nested("actor[0].modifierExtension", provision -> provision
                        .getActorFirstRep()
                        .addModifierExtension(new Extension("http://x", new StringType("not")))),
                nested("purpose", provision -> provision.getPurpose().clear()),
                nested("purpose", provision -> provision.addPurpose(new Coding(Codes.ACT_REASON, "HMARKT", null))),
                nested("purpose", provision -> provision.addPurpose(new Coding(Codes.ACT_REASON, "HSYSADMIN", null))),
                nested("purpose", provision -> provision.addPurpose(new Coding(Codes.ACT_REASON, "PATADMIN", null))),
                nested("purpose", provision -> provision.addPurpose(new Coding("http://x", "TREAT", null))),
                nested("actor", provision -> provision.getActor().clear()),
                nested(
                        "actor",
                        provision -> provision.getActorFirstRep().setReference(new Reference("Practitioner/1"))),
                nested(
                        "actor[0].role",
                        provision -> provision.getActorFirstRep().setRole(Records.concept("a", "b"))),
                nested(
                        "actor[0].reference",
                        provision -> provision.getActorFirstRep().setReference(new Reference("PractitionerRole/1"))),
                nested(
                        "actor[0].reference",
                        provision -> provision.getActorFirstRep().setReference(new Reference("Group/1"))),
                nested(
                        "provision[0].actor",
                        provision ->
                                actor(provision.addProvision().setType(ConsentProvisionType.DENY), "CareTeam/within")),
                nested("actor[0].reference", provision -> provision
                        .getActorFirstRep()
                        .setReference(new Reference("https://elsewhere.example/fhir/Organization/1"))),
                nested("actor[0].reference", provision -> provision
                        .getActorFirstRep()
                        .setReference(new Reference("Organization?identifier=1"))),
                nested("data[0].meaning", provision -> data(provision, "Observation/o", ConsentDataMeaning.DEPENDENTS)),
                nested(
                        "data[0].meaning",
                        provision -> provision.addData().setReference(new Reference("Observation/o"))),
                nested("data[0].reference", provision -> data(provision, "Group/g", ConsentDataMeaning.AUTHOREDBY)),
                nested("data[0].reference", provision -> data(provision, "Observation/o", ConsentDataMeaning.RELATED)),
                nested("provision[0].data", provision -> {
                    data(provision, "Practitioner/x", ConsentDataMeaning.AUTHOREDBY);
                    data(
                            provision.addProvision().setType(ConsentProvisionType.DENY),
                            "Practitioner/y",
                            ConsentDataMeaning.AUTHOREDBY);
                }),
                nested("class", provision -> provision.addClass_(new Coding(Codes.RESOURCE_TYPES, "Vital", null))),
                nested("class", provision -> provision.addClass_(new Coding("http://x", "Observation", null))),
                nested("code", provision -> provision.addCode(new CodeableConcept().setText("heart rate"))),
                nested("code", provision -> provision.addCode(Records.concept("", Codes.HEART_RATE))),
                nested("period", provision -> provision.setPeriod(period("2026-02-01", "2026-01-01"))),
                nested("provision[0].type", ProvisionComponent::addProvision),
                nested(
                        "provision[0].actor",
                        provision -> actor(
                                provision.addProvision().setType(ConsentProvisionType.DENY), "Organization/another")),
                nested("provision[0].purpose", provision -> provision
                        .addProvision()
                        .setType(ConsentProvisionType.DENY)
                        .addPurpose(new Coding(Codes.ACT_REASON, "HRESCH", null))),
                nested("provision[0].class", provision -> provision
                        .addClass_(new Coding(Codes.RESOURCE_TYPES, "Observation", null))
                        .addProvision()
                        .setType(ConsentProvisionType.DENY)
                        .addClass_(new Coding(Codes.RESOURCE_TYPES, "Condition", null))),
                nested("provision[0].dataPeriod", provision -> provision
                        .setDataPeriod(period("2020-01-01", "2020-12-31"))
                        .addProvision()
                        .setType(ConsentProvisionType.DENY)
                        .setDataPeriod(period("2021-01-01", null))),
                nested(
                        "provision[0].provision[0].provision[0].provision[0].provision[0]",
                        DirectiveCompilerTest::nestFiveTimes),
                refused("Consent.provision.provision[0]", consent -> IntStream.range(0, 1_001)
                        .forEach(i -> consent.getProvision()
                                .getProvisionFirstRep()
                                .addCode(Records.concept(Codes.LOINC, "c" + i)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whatCannotBeUnderstood")
    void whatCannotBeUnderstoodIsRefused(String path, Consumer<Consent> change) {
        Consent consent = Records.consent(World.ANNA);
        Records.permit(consent, World.CLINIC, "TREAT");
        assertThat(directives(consent)).hasSize(2);
        change.accept(consent);
        assertThat(compiler.compile(consent, 1, name -> name))
                .isInstanceOfSatisfying(Compilation.Refused.class, refused -> {
                    assertThat(refused.path()).isEqualTo(path);
                    assertThat(refused.reason()).isNotBlank().doesNotEndWith(".");
                });
    }

    private static void nestFiveTimes(ProvisionComponent provision) {
        ProvisionComponent nested = provision;
        for (int i = 0; i < 5; i++) {
            nested = nested.addProvision().setType(ConsentProvisionType.DENY);
        }
    }

    /** As IHE PCF basic has it: the root permits. */
    private static Consent basic() {
        Consent consent = Records.consent(World.ANNA);
        ProvisionComponent root = consent.getProvision().setType(ConsentProvisionType.PERMIT);
        actor(root, "Organization/" + World.CLINIC);
        root.addPurpose(new Coding(Codes.ACT_REASON, "TREAT", null));
        return consent;
    }

    private static void actor(ProvisionComponent provision, String actor) {
        provision
                .addActor()
                .setRole(Records.concept(Codes.PARTICIPATION_TYPE, "IRCP"))
                .setReference(new Reference(actor));
    }

    private static void data(ProvisionComponent provision, String record) {
        data(provision, record, ConsentDataMeaning.INSTANCE);
    }

    private static void data(ProvisionComponent provision, String record, ConsentDataMeaning meaning) {
        provision.addData().setMeaning(meaning).setReference(new Reference(record));
    }

    private static Period period(@Nullable String start, @Nullable String end) {
        Period period = new Period();
        if (start != null) {
            period.setStartElement(new DateTimeType(start));
        }
        if (end != null) {
            period.setEndElement(new DateTimeType(end));
        }
        return period;
    }

    private static Arguments refused(String path, Consumer<Consent> change) {
        return Arguments.of(path, change);
    }

    private static Arguments nested(String element, Consumer<ProvisionComponent> change) {
        Consumer<Consent> inConsent =
                consent -> change.accept(consent.getProvision().getProvisionFirstRep());
        return Arguments.of("Consent.provision.provision[0]." + element, inConsent);
    }

    private List<Directive> directives(Consent consent) {
        Compilation compilation = compiler.compile(consent, 3, name -> name);
        assertThat(compilation).isInstanceOf(Compilation.Compiled.class);
        return ((Compilation.Compiled) compilation).directives();
    }
}
