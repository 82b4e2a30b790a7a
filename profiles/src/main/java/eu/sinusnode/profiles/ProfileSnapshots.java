package eu.sinusnode.profiles;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.util.VersionUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.WorkerContextValidationSupportAdapter;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.StructureDefinition;

/**
 * The snapshots of the package's profiles (profiling.html#snapshot), made when the package is built: that takes seconds of CPU,
 * which each start of a server would pay.
 */
public final class ProfileSnapshots {

    /** Where they lie on the class path, each under the name of its profile's file. */
    static final ClassPathFolder FILES = new ClassPathFolder("eu/sinusnode/profiles/snapshots/");

    /** Says of which files, by which release of HAPI, they were made. */
    private static final String STAMP = "stamp.txt";

    private ProfileSnapshots() {}

    /** @param arguments the folder of the module's classes */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0], FILES.path());
        Path stamp = folder.resolve(STAMP);
        String wanted = stamp(ProfilePackage.FILES);
        if (Files.exists(stamp) && Files.readString(stamp).equals(wanted)) {
            return;
        }
        Files.createDirectories(folder);
        FhirContext context = FhirContext.forR4();
        IParser parser = context.newJsonParser();
        for (Map.Entry<String, StructureDefinition> each : generate(context).entrySet()) {
            Files.writeString(folder.resolve(each.getKey()), parser.encodeResourceToString(each.getValue()));
        }
        Files.writeString(stamp, wanted);
    }

    /**
     * By the name of the profile's file.
     *
     * @throws IllegalStateException when a profile has no sound snapshot
     */
    static Map<String, StructureDefinition> generate(FhirContext context) {
        IParser parser = context.newJsonParser();
        Map<String, MetadataResource> asShipped = new LinkedHashMap<>();
        for (String file : ProfilePackage.FILES.index()) {
            asShipped.put(file, (MetadataResource) parser.parseResource(ProfilePackage.FILES.read(file)));
        }
        PrePopulatedValidationSupport shipped = new PrePopulatedValidationSupport(context);
        asShipped.values().forEach(shipped::addResource);
        // The generator compares a required binding with the one it narrows, and so needs both value sets expanded.
        ValidationSupportChain definitions = new ValidationSupportChain(
                new DefaultProfileValidationSupport(context),
                shipped,
                new InMemoryTerminologyServerValidationSupport(context),
                new CommonCodeSystemsTerminologyService(context));
        // One worker for all: a new one for each profile would convert every definition of R4 again.
        SnapshotGeneratingValidationSupport generator = new SnapshotGeneratingValidationSupport(
                context, new WorkerContextValidationSupportAdapter(definitions));
        ValidationSupportContext chain = new ValidationSupportContext(definitions);
        Map<String, StructureDefinition> complete = new LinkedHashMap<>();
        asShipped.forEach((file, resource) -> {
            if (resource instanceof StructureDefinition profile) {
                complete.put(file, withSnapshot(generator, chain, profile));
            }
        });
        return complete;
    }

    private static StructureDefinition withSnapshot(
            SnapshotGeneratingValidationSupport generator,
            ValidationSupportContext chain,
            StructureDefinition profile) {
        StructureDefinition complete = (StructureDefinition)
                generator.generateSnapshot(chain, profile, profile.getUrl(), null, profile.getName());
        if (!complete.hasSnapshot()) {
            throw new IllegalStateException("No snapshot could be generated for " + profile.getUrl());
        }
        return complete;
    }

    private static String stamp(ClassPathFolder files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(VersionUtil.getVersion().getBytes(StandardCharsets.UTF_8));
            for (String file : files.index()) {
                digest.update((file + "\n" + files.read(file)).getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Java without SHA-256", e);
        }
    }
}
