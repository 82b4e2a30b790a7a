package eu.sinusnode.server.fulltext;

import eu.sinusnode.profiles.Codes;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Narrative.NarrativeStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Reference;

/** Records with words. */
public final class Prose {

    private Prose() {}

    /** A condition in its first version, with a note; without a narrative. */
    public static Condition condition(String id, String patient, String note) {
        Condition condition = new Condition();
        condition.setId("Condition/" + id + "/_history/1");
        condition.setClinicalStatus(new CodeableConcept(
                new Coding("http://terminology.hl7.org/CodeSystem/condition-clinical", "active", null)));
        condition.setCode(new CodeableConcept(new Coding(Codes.SNOMED, "49436004", "Atrial fibrillation")));
        condition.setSubject(new Reference("Patient/" + patient));
        condition.addNote().setText(note);
        return condition;
    }

    public static Condition withNarrative(Condition condition, String xhtml) {
        condition
                .getText()
                .setStatus(NarrativeStatus.ADDITIONAL)
                .setDivAsString("<div xmlns=\"http://www.w3.org/1999/xhtml\">" + xhtml + "</div>");
        return condition;
    }

    public static Observation observation(String id, String patient, String system, String category, String note) {
        Observation observation = new Observation();
        observation.setId("Observation/" + id + "/_history/1");
        observation.setStatus(ObservationStatus.PRELIMINARY);
        observation.addCategory().addCoding(new Coding(system, category, null));
        observation.setCode(new CodeableConcept(new Coding(Codes.LOINC, Codes.HEART_RATE, null)));
        observation.setSubject(new Reference("Patient/" + patient));
        observation.addNote().setText(note);
        return observation;
    }
}
