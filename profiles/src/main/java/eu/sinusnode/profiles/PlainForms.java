package eu.sinusnode.profiles;

import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;

/** The forms of what programs write by the thousand, which are seen to be valid in microseconds. */
final class PlainForms {

    private PlainForms() {}

    /** {@code true}: valid without doubt. {@code false}: nothing is known. */
    static boolean isPlain(Resource resource) {
        if (resource instanceof Observation observation) {
            return PlainVital.isPlain(observation)
                    || PlainSummary.isPlain(observation)
                    || PlainFlag.isPlain(observation);
        }
        return resource instanceof Provenance provenance && PlainFlagProvenance.isPlain(provenance)
                || resource instanceof Task task && PlainSignOff.isPlain(task);
    }
}
