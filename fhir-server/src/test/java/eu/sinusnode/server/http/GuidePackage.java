package eu.sinusnode.server.http;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.utilities.npm.NpmPackage;

/** A guide of another publisher; it lies in {@code shared/packages} beside the checkout, or in a folder above. */
final class GuidePackage {

    private GuidePackage() {}

    /** Empty when the package is not here. */
    static Optional<CapabilityStatement> statement(String fileName, String resource) {
        Path file = Path.of("shared", "packages", fileName);
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve(file))) {
                try (InputStream bytes = Files.newInputStream(folder.resolve(file));
                        InputStream content = NpmPackage.fromPackage(bytes).loadResource(resource)) {
                    return Optional.of(FhirContext.forR4Cached()
                            .newJsonParser()
                            .parseResource(CapabilityStatement.class, content));
                } catch (IOException e) {
                    throw new IllegalStateException("The guide's package cannot be read.", e);
                }
            }
        }
        return Optional.empty();
    }
}
