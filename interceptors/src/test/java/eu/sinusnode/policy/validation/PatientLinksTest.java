package eu.sinusnode.policy.validation;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.authorization.RequestedWrite;
import eu.sinusnode.policy.narrowing.References;
import eu.sinusnode.policy.narrowing.StoredReferences;
import eu.sinusnode.policy.testing.Records;
import eu.sinusnode.policy.testing.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Anna is the patient who is written; Bernd, Clara and Dora are those whom the links name. */
class PatientLinksTest {

    private static final String BERND = "Patient/bernd";
    private static final String CLARA = "Patient/clara";
    private static final String DORA = "Patient/dora";

    private final PatientLinks links = new PatientLinks();
    private final Map<String, Resource> stored = new HashMap<>();
    private final References references =
            new StoredReferences((type, id) -> Optional.ofNullable(stored.get(type + "/" + id)), World.SERVER_BASE);

    @BeforeEach
    void people() {
        // Bernd refers to Clara, and Dora was merged into Clara.
        put(patient("bernd").addLink(link(LinkType.REFER, CLARA)));
        put(patient("clara").addLink(link(LinkType.REPLACES, DORA)));
        put(patient("dora").addLink(link(LinkType.REPLACEDBY, CLARA)).setActive(false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "SEEALSO    | Patient/bernd | -",
                "SEEALSO    | http://sinusnode.test/fhir/Patient/bernd | -",
                "SEEALSO    | Patient/clara | -",
                "SEEALSO    | Patient/dora  | the Patient was merged into another one",
                "SEEALSO    | Patient/anna  | another Patient than the one that it stands in",
                "SEEALSO    | Patient/nobody | a Patient that is stored here",
                "SEEALSO    | RelatedPerson/bernd | a Patient that is stored here",
                "SEEALSO    | Patient/bernd/_history/1 | no version of it",
                "SEEALSO    | https://elsewhere.example/fhir/Patient/bernd | a Patient that is stored here",
                "SEEALSO    | Patient?identifier=1 | a Patient that is stored here",
                "SEEALSO    | - | a Patient that is stored here",
                "REFER      | Patient/clara | -",
                "REFER      | Patient/bernd | the Patient refers to another one itself",
                "REFER      | Patient/anna  | another Patient than the one that it stands in",
                "REFER      | Patient/dora  | the Patient was merged into another one",
                "REPLACES   | Patient/bernd | made by Patient/$merge",
                "REPLACEDBY | Patient/bernd | made by Patient/$merge",
                "REPLACES   | Patient/anna  | another Patient than the one that it stands in"
            })
    void aLinkIsHeldAgainstWhomItNames(LinkType type, @Nullable String other, @Nullable String fault) {
        List<WriteIssue> issues = write(patient("anna").addLink(link(type, other)));

        if (fault == null) {
            assertThat(issues).isEmpty();
        } else {
            assertThat(issues).isNotEmpty().allSatisfy(issue -> assertThat(issue.code())
                    .isIn(DenialCode.PATIENT_LINK));
            assertThat(issues).anySatisfy(issue -> assertThat(issue.message()).contains(fault));
        }
    }

    @Test
    void thereIsOneMainRecordAndEachLinkOnce() {
        Patient twoMain = patient("anna").addLink(link(LinkType.REFER, CLARA));
        put(patient("emil"));
        twoMain.addLink(link(LinkType.REFER, "Patient/emil"));
        assertThat(write(twoMain)).extracting(WriteIssue::path).containsExactly("Patient.link");
        Patient twice = patient("anna").addLink(link(LinkType.SEEALSO, BERND));
        twice.addLink(link(LinkType.SEEALSO, World.SERVER_BASE + "/" + BERND));
        assertThat(write(twice)).extracting(WriteIssue::path).containsExactly("Patient.link[1].other");
        Patient both = patient("anna").addLink(link(LinkType.SEEALSO, BERND));
        both.addLink(link(LinkType.SEEALSO, CLARA));
        assertThat(write(both)).isEmpty();
    }

    @Test
    void twoWhoReferToEachOtherInOneRequestAreRefused() {
        Patient anna = patient("anna").addLink(link(LinkType.REFER, "Patient/emil"));
        Patient emil = patient("emil").addLink(link(LinkType.REFER, "Patient/anna"));
        put(anna);
        put(emil);
        assertThat(write(anna)).isNotEmpty();
        assertThat(write(emil)).isNotEmpty();
    }

    @Test
    void whoIsCreatedMayNameWhoIsCreatedWithIt() {
        String urn = "urn:uuid:9a2d9b6e-0000-4000-8000-000000000001";
        Patient anna = patient("anna").addLink(link(LinkType.SEEALSO, urn));
        Patient unnamed = new Patient();
        RequestedWrite first = new RequestedWrite("", 0, Interaction.UPDATE, anna, "anna", null, null, null, true);
        RequestedWrite second = new RequestedWrite("", 1, Interaction.CREATE, unnamed, null, urn, null, null, true);
        References once = WriteChecks.once(List.of(first, second), references);
        assertThat(links.check(first, Optional.empty(), once)).isEmpty();
        unnamed.addLink(link(LinkType.SEEALSO, urn));
        assertThat(links.check(second, Optional.empty(), once))
                .extracting(WriteIssue::message)
                .containsExactly("a link names another Patient than the one that it stands in");
    }

    @Test
    void whatTheMergeSaidStays() {
        Patient dora = current(DORA);
        assertThat(write(dora.copy())).isEmpty();
        assertThat(write(dora.copy().setLink(new ArrayList<>())))
                .extracting(WriteIssue::path)
                .containsExactly("Patient.link");
        assertThat(write(dora.copy().setLink(List.of(link(LinkType.REPLACEDBY, BERND)))))
                .isNotEmpty();
        assertThat(write(dora.copy().setActive(true)))
                .extracting(WriteIssue::path)
                .containsExactly("Patient.active");
        Patient silent = dora.copy();
        silent.setActiveElement(null);
        assertThat(write(silent)).extracting(WriteIssue::path).containsExactly("Patient.active");
        Patient clara = current(CLARA);
        assertThat(write(clara.copy())).isEmpty();
        assertThat(write(clara.copy().setLink(new ArrayList<>()))).isNotEmpty();
        assertThat(write(clara.copy().addLink(link(LinkType.REPLACES, BERND)))).isNotEmpty();
    }

    @Test
    void whoWasMergedTakesNothingNew() {
        assertThat(created(Records.heartRate("dora")))
                .extracting(WriteIssue::code)
                .containsExactly(DenialCode.REPLACED);
        assertThat(created(Records.heartRate("clara"))).isEmpty();
        assertThat(created(Records.algorithm())).isEmpty();
        assertThat(created(new Consent().setPatient(new Reference(DORA))))
                .extracting(WriteIssue::path)
                .containsExactly("Consent.patient");
        Consent consent = Records.withId(new Consent().setPatient(new Reference(DORA)), "consent-dora");
        put(consent);
        assertThat(write(consent)).as("its access may end").isEmpty();
    }

    private List<WriteIssue> created(Resource resource) {
        return links.check(
                new RequestedWrite(resource.fhirType(), -1, Interaction.CREATE, resource, null, null, null, null, true),
                Optional.empty(),
                references);
    }

    private List<WriteIssue> write(Resource resource) {
        String id = resource.getIdElement().getIdPart();
        return links.check(
                new RequestedWrite(resource.fhirType(), -1, Interaction.UPDATE, resource, id, null, null, null, true),
                Optional.ofNullable(stored.get(resource.fhirType() + "/" + id)),
                references);
    }

    private Patient current(String path) {
        return (Patient) Objects.requireNonNull(stored.get(path));
    }

    private void put(Resource resource) {
        stored.put(resource.fhirType() + "/" + resource.getIdElement().getIdPart(), resource);
    }

    private static Patient patient(String id) {
        return Records.patient(id);
    }

    private static Patient.PatientLinkComponent link(LinkType type, @Nullable String other) {
        Patient.PatientLinkComponent link = new Patient.PatientLinkComponent();
        return link.setType(type).setOther(new Reference(other));
    }
}
