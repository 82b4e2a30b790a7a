package eu.sinusnode.policy.narrowing;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.consent.Bonds;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.MedicationAdministration;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordBondsTest {

    private static Reference to(String path) {
        return new Reference(path);
    }

    private static Bonds of(Resource record) {
        record.setId("r");
        return RecordBonds.of(record);
    }

    @Test
    void eachElementOfAnAuthorTellsOne() {
        assertThat(of(new Observation().addPerformer(to("Practitioner/x")).addPerformer(to("Organization/o"))))
                .isEqualTo(
                        new Bonds(Set.of("Practitioner/x", "Organization/o"), true, Set.of("Observation/r"), Set.of()));
        assertThat(of(new Condition().setRecorder(to("Practitioner/x")).setAsserter(to("Patient/p")))
                        .authors())
                .containsExactlyInAnyOrder("Practitioner/x", "Patient/p");
        Procedure procedure = new Procedure();
        procedure.addPerformer().setActor(to("Practitioner/x/_history/2"));
        assertThat(of(procedure).authors()).containsExactly("Practitioner/x");
        assertThat(of(new ListResource().setSource(to("Device/d"))).authors()).containsExactly("Device/d");
    }

    /** Whoever is named by words, elsewhere, within the record or for others may be anybody. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "#within",
                "https://elsewhere.example/fhir/Practitioner/x",
                "urn:uuid:1",
                "CareTeam/t",
                "HealthcareService/h"
            })
    void anAuthorWhoIsNotNamedIsUntoldBesideOthersToo(String reference) {
        Reference unclear = reference.isEmpty() ? new Reference().setDisplay("Dr. X") : to(reference);
        Bonds bonds = of(new Observation().addPerformer(to("Practitioner/y")).addPerformer(unclear));
        assertThat(bonds.authors()).contains("Practitioner/y");
        assertThat(bonds.tellsAuthors()).isFalse();
    }

    @Test
    void whoNamesNobodyTellsNoAuthorAndATypeWithoutElementsNothing() {
        assertThat(of(new Observation()).tellsAuthors()).isFalse();
        assertThat(of(new Encounter()).tellsAuthors()).isFalse();
        assertThat(of(new Binary())).isEqualTo(Bonds.UNTOLD);
    }

    @Test
    void aRecordBelongsToWhatItNamesAndToItself() {
        assertThat(of(new MedicationRequest().setEncounter(to("Encounter/e")).addBasedOn(to("CarePlan/p"))))
                .isEqualTo(new Bonds(
                        Set.of(),
                        false,
                        Set.of("MedicationRequest/r", "Encounter/e", "CarePlan/p"),
                        Set.of("Encounter")));
        assertThat(of(new MedicationAdministration().setContext(to("Encounter/e")))
                        .belongsTo())
                .contains("Encounter/e");
        assertThat(of(new Encounter().setPartOf(to("Encounter/e"))).belongsTo())
                .containsExactlyInAnyOrder("Encounter/r", "Encounter/e");
        assertThat(of(new CarePlan().addPartOf(to("CarePlan/p"))).belongsTo())
                .containsExactlyInAnyOrder("CarePlan/r", "CarePlan/p");
    }

    /** A plan can name any record, as an outcome or beside it; only another plan says to which it belongs. */
    @Test
    void whatACarePlanCanNameDoesNotTellToWhichItBelongs() {
        assertThat(of(new Goal()).tellsOf()).isEmpty();
        assertThat(of(new MedicationStatement()).tellsOf()).containsExactly("Encounter");
        assertThat(of(new CarePlan()).tellsOf()).containsExactlyInAnyOrder("CarePlan", "Encounter");
        assertThat(of(new CarePlan().addBasedOn(new Reference("#within"))).tellsOf())
                .containsExactly("Encounter");
    }

    /** As its diagnosis, its reason or the order behind it. */
    @Test
    void whatAnEncounterCanNameTellsOfEncountersOnlyByNamingOne() {
        for (Resource silent : List.of(new Condition(), new Observation(), new Procedure(), new ServiceRequest())) {
            assertThat(of(silent).tellsOf()).as(silent.fhirType()).isEmpty();
        }
        assertThat(of(new Condition().setEncounter(to("Encounter/e"))).tellsOf())
                .containsExactly("Encounter");
        assertThat(of(new Observation().setEncounter(new Reference().setIdentifier(new Identifier().setValue("1"))))
                        .tellsOf())
                .as("an Encounter that is named by its number alone")
                .isEmpty();
    }

    @Test
    void whoReportedAPrescriptionIsAnAuthorOfIt() {
        assertThat(of(new MedicationRequest().setRequester(to("Practitioner/x")).setReported(to("Practitioner/y")))
                        .authors())
                .containsExactlyInAnyOrder("Practitioner/x", "Practitioner/y");
    }
}
