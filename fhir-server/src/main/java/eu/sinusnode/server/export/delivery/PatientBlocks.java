package eu.sinusnode.server.export.delivery;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.server.export.file.Frame;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of one patient each (Bulk Data Access IG, "Bulk Data Output File Organization"): a header that names the patient,
 * then the patient's records, then the records of nobody that they refer to. A header is made when the first line of its
 * block leaves, so that nobody is named of whom nothing does; and without records of the patient, none of nobody stand
 * there.
 */
final class PatientBlocks implements Arrangement {

    private final FhirContext context;
    private final Function<UUID, String> ids;
    private @Nullable UUID patient;
    private boolean begun;

    /** @param ids by which the recipient knows patients */
    PatientBlocks(FhirContext context, Function<UUID, String> ids) {
        this.context = context;
        this.ids = ids;
    }

    /** A record of several patients stands in the block of the first of them, in which it was written. */
    @Override
    public boolean takes(Frame frame) {
        if (frame.owners().isEmpty()) {
            return begun;
        }
        UUID first = frame.owners().get(0);
        if (!first.equals(patient)) {
            patient = first;
            begun = false;
        }
        return true;
    }

    @Override
    public byte[] before() {
        UUID of = patient;
        if (begun || of == null) {
            return NOTHING;
        }
        begun = true;
        return header(ids.apply(of));
    }

    private byte[] header(String id) {
        Parameters header = new Parameters();
        header.addParameter().setName("header").setValue(new Reference("Patient/" + id));
        return (context.newJsonParser().encodeResourceToString(header) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
