package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Date;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.DateTimeType;
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
                shape("data of another meaning", root -> permit(root)
                        .addData()
                        .setMeaning(Consent.ConsentDataMeaning.DEPENDENTS)
                        .setReference(new Reference("Encounter/1"))),
                shape("data period with a time of day", root -> permit(root)
                        .setDataPeriod(new Period().setStart(new Date(0)))),
                shape(
                        "data period with a time of day at the root",
                        root -> root.setDataPeriod(new Period().setStart(new Date(0)))),
                shape("action", root -> permit(root).addAction().setText("read")),
                shape("action at the root", root -> root.addAction().setText("read")),
                shape("type missing", root -> permit(root).setType(null)),
                shape("actor a group", root -> permit(root).getActorFirstRep().setReference(new Reference("Group/1"))),
                shape(
                        "actor a role of a person",
                        root -> permit(root).getActorFirstRep().setReference(new Reference("PractitionerRole/1"))),
                shape("actor in another role", root -> permit(root)
                        .getActorFirstRep()
                        .getRole()
                        .getCodingFirstRep()
                        .setCode("CST")),
                shape("purpose of another system", root -> root.addPurpose(new Coding("urn:x", "TREAT", null))),
                shape(
                        "class of another system",
                        root -> permit(root).addClass_().setSystem("urn:x").setCode("A")),
                shape(
                        "code without a system",
                        root -> permit(root).addCode().addCoding(new Coding(null, "75367002", null))),
                shape("permit at the root for nobody", root -> root.setType(ConsentProvisionType.PERMIT)));
    }

    static Stream<Arguments> shapes() {
        return Stream.of(
                shape("data period in days", root -> permit(root)
                        .setDataPeriod(new Period()
                                .setStartElement(new DateTimeType("2024-05-01"))
                                .setEndElement(new DateTimeType("2026")))),
                shape(
                        "actor a care team",
                        root -> permit(root).getActorFirstRep().setReference(new Reference("CareTeam/1"))),
                shape("nested deny", root -> permit(root).setType(ConsentProvisionType.DENY)),
                shape("third level", root -> permit(root).addProvision().setType(ConsentProvisionType.DENY)),
                shape("a permit that takes over recipients and purposes", root -> permit(root)
                        .addProvision()
                        .setType(ConsentProvisionType.DENY)
                        .addProvision()
                        .setType(ConsentProvisionType.PERMIT)),
                shape("security label", root -> permit(root)
                        .addSecurityLabel(
                                new Coding("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "N", null))),
                shape("one record", root -> permit(root)
                        .addData()
                        .setMeaning(Consent.ConsentDataMeaning.INSTANCE)
                        .setReference(new Reference("Observation/1"))),
                shape("what somebody authored", root -> permit(root)
                        .addData()
                        .setMeaning(Consent.ConsentDataMeaning.AUTHOREDBY)
                        .setReference(new Reference("Practitioner/1"))),
                shape("a stay with what belongs to it", root -> permit(root)
                        .addData()
                        .setMeaning(Consent.ConsentDataMeaning.RELATED)
                        .setReference(new Reference("Encounter/1"))),
                shape(
                        "a diagnosis",
                        root -> permit(root).addCode().addCoding(new Coding(Codes.SNOMED, "75367002", null))),
                shape("root without type", root -> root.setType(null)),
                shape("period at the root", root -> root.setPeriod(new Period().setStart(new Date(0)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void whatTheServerUnderstandsIsValid(String name, Consumer<ProvisionComponent> change) {
        assertThat(errors(changed(Consent.class, consent -> change.accept(consent.getProvision()))))
                .isEmpty();
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
