package eu.sinusnode.server.lane;

import java.util.Optional;
import org.hl7.fhir.r4.model.Observation;

/** Who reported a reading, by the type of the first {@code Observation.performer}. */
public enum ReadingAuthor {
    PATIENT('p'),
    CLINIC('c'),
    RELATED_PERSON('r'),
    NOT_STATED('-');

    private final char letter;

    ReadingAuthor(char letter) {
        this.letter = letter;
    }

    /** The byte that stands for it in a row. */
    public char letter() {
        return letter;
    }

    public static ReadingAuthor of(Observation observation) {
        String type = observation.hasPerformer()
                ? observation.getPerformerFirstRep().getReferenceElement().getResourceType()
                : null;
        return switch (Optional.ofNullable(type).orElse("")) {
            case "Patient" -> PATIENT;
            case "Organization", "Practitioner", "PractitionerRole", "CareTeam" -> CLINIC;
            case "RelatedPerson" -> RELATED_PERSON;
            default -> NOT_STATED;
        };
    }
}
