package eu.sinusnode.profiles;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.PlanDefinition;

/**
 * The therapy programmes that SinusNode ships: PlanDefinitions, and the ActivityDefinitions and Questionnaires that they
 * name. Content, not conformance: the server keeps them in its directory beside those of the clinics. A file whose content
 * changes gets another version; the older one stays in the directory for the plans that name it.
 */
public final class Programmes {

    /** The folder on the class path. */
    static final String FOLDER = "eu/sinusnode/profiles/programmes/";

    private Programmes() {}

    /** Every resource, without ids; what others name comes first. */
    public static List<MetadataResource> resources(FhirContext context) {
        IParser parser = context.newJsonParser();
        ClassPathFolder files = new ClassPathFolder(FOLDER);
        List<MetadataResource> all = files.index().stream()
                .map(file -> (MetadataResource) parser.parseResource(files.read(file)))
                .toList();
        return Stream.concat(
                        all.stream().filter(each -> !(each instanceof PlanDefinition)),
                        all.stream().filter(PlanDefinition.class::isInstance))
                .toList();
    }
}
