package eu.sinusnode.policy.narrowing;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.policy.consent.Confidentiality;
import eu.sinusnode.policy.consent.Sensitivity;
import eu.sinusnode.policy.labelling.StatedLabels;
import eu.sinusnode.profiles.Codes;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordLabelsTest {

    private static final String ATC = "http://fhir.de/CodeSystem/bfarm/atc";

    @Test
    void aCodeSaysWhatARecordIsLabelledWith() {
        assertThat(labels(diagnosis("I48.0"))).isEmpty();
        assertThat(labels(diagnosis("B24"))).containsExactly("HIV", "R");
        assertThat(labels(diagnosis("F10.2"))).containsExactly("ETHUD", "R", "SUD");
    }

    @Test
    void aDocumentCarriesWhatItsPartsCarry() {
        Bundle document = new Bundle();
        document.addEntry().setResource(diagnosis("I48.0"));
        document.addEntry().setResource(labelled(diagnosis("I50.1"), Confidentiality.SYSTEM, "V"));
        document.addEntry().setResource(diagnosis("F32.1"));
        assertThat(labels(document)).containsExactly("PSY", "R", "V");
    }

    @Test
    void aContainedDrugIsReadLikeOneInThePrescription() {
        MedicationRequest stated = new MedicationRequest();
        stated.setMedication(concept(ATC, "J05AR10"));
        MedicationRequest contained = new MedicationRequest();
        contained.addContained(new Medication().setCode(concept(ATC, "J05AR10")).setId("drug"));
        contained.setMedication(new Reference("#drug"));
        assertThat(labels(stated)).containsExactly("HIV", "R").isEqualTo(labels(contained));
    }

    @Test
    void aDocumentReferenceSaysItInAnElementOfItsOwn() {
        DocumentReference document = new DocumentReference();
        document.addSecurityLabel(concept(Sensitivity.SYSTEM, "PSYTHPN"));
        document.addSecurityLabel(concept("urn:x", "secret"));
        assertThat(labels(document)).containsExactly("PSYTHPN", "R");
    }

    /** Words: what is stated anew, what is stored, who writes, what is carried then. */
    @ParameterizedTest
    @CsvSource({
        "'', '', false, ''",
        "'R', '', false, 'R'",
        "'', 'R', false, 'R'",
        "'N', 'V', false, 'N V'",
        "'HIV', 'PSY', false, 'HIV PSY R'",
        "'', 'HIV R', false, 'HIV R'",
        // Who loads says what there is.
        "'', 'R', true, ''",
        "'N', 'V', true, 'N'",
        "'ETHUD', 'V', true, 'ETHUD R SUD'",
    })
    void aLabelStaysUnlessTheLoaderLeavesItOut(String said, String stored, boolean loader, String carried) {
        Condition version = diagnosis("I48.0");
        codes(said).forEach(code -> version.getMeta().addSecurity(new Coding(code.system(), code.code(), null)));
        RecordLabels.label(version, codes(stored), loader);
        Set<String> written =
                version.getMeta().getSecurity().stream().map(Coding::getCode).collect(Collectors.toSet());
        assertThat(written).isEqualTo(codes(carried).stream().map(Code::code).collect(Collectors.toSet()));
    }

    @Test
    void notEvenTheLoaderTakesAwayWhatACodeSays() {
        Condition version = diagnosis("B24");
        RecordLabels.label(version, Set.of(), true);
        RecordLabels.label(version, Set.of(), true);
        assertThat(version.getMeta().getSecurity()).hasSize(2);
    }

    @Test
    void whatIsNoLabelHereIsAFault() {
        for (CallerKind writer : Set.of(CallerKind.CLINICIAN, CallerKind.PATIENT, CallerKind.ADMINISTRATOR)) {
            assertThat(fault(writer, labelled(diagnosis("I48.0"), Confidentiality.SYSTEM, "R")))
                    .isFalse();
            assertThat(fault(writer, labelled(diagnosis("I48.0"), Sensitivity.SYSTEM, "PSY")))
                    .isFalse();
            assertThat(fault(writer, labelled(diagnosis("I48.0"), Confidentiality.SYSTEM, "L")))
                    .isTrue();
            assertThat(fault(writer, labelled(diagnosis("I48.0"), Confidentiality.SYSTEM, "X")))
                    .isTrue();
            assertThat(fault(writer, labelled(diagnosis("I48.0"), Sensitivity.SYSTEM, "TBOO")))
                    .isTrue();
            assertThat(fault(writer, labelled(diagnosis("I48.0"), "urn:x", "R")))
                    .isTrue();
            assertThat(fault(writer, labelled(new Organization(), Confidentiality.SYSTEM, "R")))
                    .isTrue();
        }
        for (CallerKind machine : Set.of(CallerKind.ANALYSIS_JOB, CallerKind.DEVICE_GATEWAY)) {
            assertThat(fault(machine, labelled(diagnosis("I48.0"), Confidentiality.SYSTEM, "R")))
                    .isTrue();
            assertThat(fault(machine, diagnosis("I48.0"))).isFalse();
        }
    }

    private static boolean fault(CallerKind writer, Resource resource) {
        return StatedLabels.fault(writer, resource, RecordLabels.areOn(resource.fhirType()))
                .isPresent();
    }

    private static Set<Code> codes(String words) {
        return Set.of(words.split(" ")).stream()
                .filter(word -> !word.isEmpty())
                .map(word -> new Code(word.length() == 1 ? Confidentiality.SYSTEM : Sensitivity.SYSTEM, word))
                .collect(Collectors.toSet());
    }

    private static Set<String> labels(Resource resource) {
        return RecordLabels.of(resource).stream().map(Code::code).collect(Collectors.toCollection(TreeSet::new));
    }

    private static <T extends Resource> T labelled(T resource, String system, String code) {
        resource.getMeta().addSecurity(new Coding(system, code, null));
        return resource;
    }

    private static Condition diagnosis(String code) {
        return new Condition().setCode(concept(Codes.ICD_10_GM, code));
    }

    private static CodeableConcept concept(String system, String code) {
        return new CodeableConcept(new Coding(system, code, null));
    }
}
