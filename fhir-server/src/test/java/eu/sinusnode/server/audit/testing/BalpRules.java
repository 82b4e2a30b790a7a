package eu.sinusnode.server.audit.testing;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.profiles.ProfileValidator;
import eu.sinusnode.profiles.ValidationIssue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.utilities.npm.NpmPackage;

/**
 * R4's rules for AuditEvents, and IHE's where its package is there: it is another publisher's work, and lies in {@code
 * shared/packages} beside the checkout or in a folder above. Without it an event is held against R4 alone.
 */
public final class BalpRules {

    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final Path FILE = Path.of("shared", "packages", "ihe.iti.balp-1.1.1.tgz");

    private final boolean withProfiles;
    private final ProfileValidator validator;

    public BalpRules() {
        Optional<Path> file = Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                .map(folder -> folder.resolve(FILE))
                .filter(Files::isRegularFile)
                .findFirst();
        withProfiles = file.isPresent();
        validator = new ProfileValidator(
                FHIR, file.map(BalpRules::definitions).orElseGet(() -> new PrePopulatedValidationSupport(FHIR)));
    }

    /** What is wrong with the event, by R4 and every profile that it names. */
    public List<String> errors(AuditEvent event) {
        AuditEvent judged = event.copy();
        // What a search says of an entry is not the event's own.
        judged.getMeta().setTag(null);
        if (!withProfiles) {
            judged.getMeta().setProfile(null);
        }
        return validator.validate(judged, List.of()).stream()
                .filter(ValidationIssue::isError)
                .map(issue -> issue.location() + ": " + issue.message())
                .toList();
    }

    private static PrePopulatedValidationSupport definitions(Path file) {
        PrePopulatedValidationSupport support = new PrePopulatedValidationSupport(FHIR);
        try (InputStream in = Files.newInputStream(file)) {
            NpmPackage balp = NpmPackage.fromPackage(in);
            for (String type : List.of("StructureDefinition", "ValueSet", "CodeSystem")) {
                for (String name : balp.listResources(type)) {
                    support.addResource(FHIR.newJsonParser().parseResource(balp.loadResource(name)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return support;
    }
}
