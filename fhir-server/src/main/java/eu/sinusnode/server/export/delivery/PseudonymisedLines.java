package eu.sinusnode.server.export.delivery;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.LenientErrorHandler;
import eu.sinusnode.policy.minimisation.PseudonymisedForm;
import eu.sinusnode.server.export.job.Deletions;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.Resource;

/** Lines in the pseudonymised form; of a deletion, the name of what was deleted. For one thread. */
final class PseudonymisedLines implements DeliveredForm {

    private final PseudonymisedForm form;
    private final boolean deletions;
    private final IParser parser;

    PseudonymisedLines(PseudonymisedForm form, boolean deletions, FhirContext context) {
        this.form = form;
        this.deletions = deletions;
        this.parser = context.newJsonParser().setParserErrorHandler(new LenientErrorHandler(false));
    }

    @Override
    public byte[] of(String type, byte[] permitted) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream(permitted.length);
        new String(permitted, StandardCharsets.UTF_8)
                .lines()
                .map(line -> (Resource) parser.parseResource(line))
                .flatMap(record -> (deletions ? deletion(record) : form.of(record)).stream())
                .forEach(left -> {
                    lines.writeBytes(parser.encodeResourceToString(left).getBytes(StandardCharsets.UTF_8));
                    lines.write('\n');
                });
        return lines.toByteArray();
    }

    @Override
    public String id(UUID patient) {
        return form.id("Patient", patient.toString());
    }

    private Optional<Resource> deletion(Resource line) {
        return Deletions.recordOf(line)
                .filter(gone ->
                        form.name(gone.getResourceType(), gone.getIdPart()).isPresent())
                .map(gone -> Deletions.of(gone.getResourceType(), form.id(gone.getResourceType(), gone.getIdPart())));
    }
}
