package eu.sinusnode.therapy.apply;

import java.util.List;
import org.hl7.fhir.r4.model.Resource;

/** Relative references to stored records. */
final class References {

    private References() {}

    static String of(Resource record) {
        return record.fhirType() + "/" + record.getIdElement().getIdPart();
    }

    static List<String> of(List<? extends Resource> records) {
        return records.stream().map(References::of).toList();
    }
}
