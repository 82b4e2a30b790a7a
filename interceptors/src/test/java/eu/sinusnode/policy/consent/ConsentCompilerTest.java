package eu.sinusnode.policy.consent;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.testing.Records;
import eu.sinusnode.policy.testing.World;
import eu.sinusnode.profiles.Codes;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentDataMeaning;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsentCompilerTest {

    private final ConsentCompiler compiler = new ConsentCompiler(ZoneOffset.UTC);

    @Test
    void whatIsEnforcedIsCompiled() {
        Consent consent = Records.consent(World.ANNA);
        ProvisionComponent permit = Records.permit(consent, World.CLINIC, "TREAT");
        label(permit, "N");
        ProvisionComponent deny = permit.addProvision().setType(ConsentProvisionType.DENY);
        deny.addClass_(new Coding(Codes.RESOURCE_TYPES, "Observation", null));
        deny.addCode(Records.concept(Codes.LOINC, Codes.BODY_WEIGHT));
        time(deny, "2025");
        data(deny.addProvision().setType(ConsentProvisionType.PERMIT).setClass_(null), "Observation/1");
        data(permit.addProvision().setType(ConsentProvisionType.DENY), "Observation/2");
        assertThat(compiler.compile(consent, 1)).isInstanceOf(Compilation.Refused.class);
        deny.setClass_(null);
        assertThat(compiler.compile(consent, 1))
                .isInstanceOfSatisfying(Compilation.Compiled.class, compiled -> assertThat(compiled.directives())
                        .hasSize(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"N", "R", "V", "HIV", "ETHUD", "PSY"})
    void labelsThatRecordsCarryArePermittedAndDenied(String code) {
        for (ConsentProvisionType type : List.of(ConsentProvisionType.PERMIT, ConsentProvisionType.DENY)) {
            Consent consent = Records.consent(World.ANNA);
            String system = code.length() == 1 ? Confidentiality.SYSTEM : Sensitivity.SYSTEM;
            Records.permit(consent, World.CLINIC, "TREAT")
                    .setType(type)
                    .addSecurityLabel(new Coding(system, code, null));
            assertThat(compiler.compile(consent, 1))
                    .isInstanceOfSatisfying(Compilation.Compiled.class, compiled -> assertThat(
                                    compiled.directives().get(1).target().labels())
                            .containsExactly(new Code(system, code)));
        }
    }

    static Stream<Arguments> whatIsNotEnforced() {
        return Stream.of(
                nested("dataPeriod", ConsentProvisionType.PERMIT, provision -> time(provision, "2025-01-01T00:00:00Z")),
                nested("dataPeriod", ConsentProvisionType.DENY, provision -> time(provision, "2025-01-01T00:00:00Z")),
                nested("dataPeriod", ConsentProvisionType.DENY, provision -> provision
                        .getDataPeriod()
                        .setId("empty")),
                nested("securityLabel", ConsentProvisionType.PERMIT, provision -> label(provision, "L")),
                nested(
                        "securityLabel",
                        ConsentProvisionType.DENY,
                        provision -> provision.addSecurityLabel(new Coding(Sensitivity.SYSTEM, "TBOO", null))),
                nested(
                        "securityLabel",
                        ConsentProvisionType.PERMIT,
                        provision -> provision.addSecurityLabel(new Coding("urn:x", "HIV", null))),
                nested(
                        "action",
                        ConsentProvisionType.DENY,
                        provision -> provision.addAction(Records.concept("a", "disclose"))));
    }

    @ParameterizedTest(name = "{1} {0}")
    @MethodSource("whatIsNotEnforced")
    void whatIsNotEnforcedIsRefusedUnlessTheConsentIsWithdrawn(
            String element, ConsentProvisionType type, Consumer<ProvisionComponent> change) {
        Consent consent = Records.consent(World.ANNA);
        ProvisionComponent provision =
                Records.permit(consent, World.CLINIC, "TREAT").setType(type);
        change.accept(provision);
        assertThat(compiler.compile(consent, 1)).isInstanceOfSatisfying(Compilation.Refused.class, refused -> {
            assertThat(refused.path()).isEqualTo("Consent.provision.provision[0]." + element);
            assertThat(refused.reason()).isNotBlank().doesNotEndWith(".");
        });
        consent.setStatus(ConsentState.INACTIVE);
        assertThat(compiler.compile(consent, 1)).isInstanceOf(Compilation.Compiled.class);
    }

    private static Arguments nested(String element, ConsentProvisionType type, Consumer<ProvisionComponent> change) {
        return Arguments.of(element, type, change);
    }

    private static void time(ProvisionComponent provision, String start) {
        provision.setDataPeriod(new Period().setStartElement(new DateTimeType(start)));
    }

    private static void label(ProvisionComponent provision, String rank) {
        provision.addSecurityLabel(new Coding(Confidentiality.SYSTEM, rank, null));
    }

    private static void data(ProvisionComponent provision, String record) {
        provision.addData().setMeaning(ConsentDataMeaning.INSTANCE).setReference(new Reference(record));
    }
}
