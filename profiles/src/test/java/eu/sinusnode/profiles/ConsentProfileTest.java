package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Date;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConsentProfileTest extends AbstractProfileTest {

    ConsentProfileTest() {
        super("consent", Canonicals.CONSENT);
    }

    static Stream<Arguments> otherShapes() {
        return Stream.of(
                shape("third level", root -> permit(root).addProvision().setType(ConsentProvisionType.PERMIT)),
                shape("security label", root -> permit(root).addSecurityLabel().setCode("R")),
                shape("data", root -> permit(root)
                        .addData()
                        .setMeaning(Consent.ConsentDataMeaning.INSTANCE)
                        .setReference(new Reference("Observation/1"))),
                shape("data period", root -> permit(root).setDataPeriod(new Period().setStart(new Date(0)))),
                shape("action", root -> permit(root).addAction().setText("read")),
                shape("purpose missing", root -> permit(root).setPurpose(null)),
                shape("actor missing", root -> permit(root).setActor(null)),
                shape(
                        "actor a person",
                        root -> permit(root).getActorFirstRep().setReference(new Reference("Practitioner/1"))),
                shape("actor in another role", root -> permit(root)
                        .getActorFirstRep()
                        .getRole()
                        .getCodingFirstRep()
                        .setCode("CST")),
                shape(
                        "class of another system",
                        root -> permit(root).addClass_().setSystem("urn:x").setCode("A")),
                shape(
                        "code of another system",
                        root -> permit(root).addCode().addCoding(new Coding(Codes.SNOMED, "75367002", null))),
                shape("permit at the root", root -> root.setType(ConsentProvisionType.PERMIT)),
                shape("root without type", root -> root.setType(null)),
                shape("period at the root", root -> root.setPeriod(new Period().setStart(new Date(0)))),
                shape("purpose at the root", root -> root.addPurpose(new Coding(Codes.ACT_REASON, "TREAT", null))),
                shape(
                        "class at the root",
                        root -> root.addClass_(new Coding(Codes.RESOURCE_TYPES, "Observation", null))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherShapes")
    void everyOtherShapeIsRefused(String name, Consumer<ProvisionComponent> change) {
        assertThat(errors(changed(Consent.class, consent -> change.accept(consent.getProvision()))))
                .isNotEmpty();
    }

    @Test
    void withdrawnConsentKeepsItsShape() {
        assertThat(errors(changed(Consent.class, consent -> consent.setStatus(Consent.ConsentState.INACTIVE))))
                .isEmpty();
    }

    @Test
    void refusalHasNoPermit() {
        assertThat(errors(changed(Consent.class, consent -> {
                    consent.setStatus(Consent.ConsentState.REJECTED);
                    consent.getProvision().setProvision(null);
                })))
                .isEmpty();
    }

    @Test
    void draftIsRefused() {
        assertThat(errors(changed(Consent.class, consent -> consent.setStatus(Consent.ConsentState.DRAFT))))
                .isNotEmpty();
    }

    private static ProvisionComponent permit(ProvisionComponent root) {
        return root.getProvision().get(0);
    }

    private static Arguments shape(String name, Consumer<ProvisionComponent> change) {
        return Arguments.of(name, change);
    }
}
