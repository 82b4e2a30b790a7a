package eu.sinusnode.server.export.delivery;

import java.util.UUID;

/** What permitted lines become before they leave: the one place where they are changed. */
interface DeliveredForm {

    /** As a read would give them. */
    DeliveredForm IDENTIFIED = (type, permitted) -> permitted;

    /**
     * @param type FHIR resource type that the lines are of, or are about when they are deletions
     * @param permitted lines of NDJSON, each with its end; none at all is no byte
     */
    byte[] of(String type, byte[] permitted);

    /** The id by which the recipient knows a patient. */
    default String id(UUID patient) {
        return patient.toString();
    }
}
