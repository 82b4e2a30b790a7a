package eu.sinusnode.profiles.packages;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import eu.sinusnode.profiles.Canonicals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The FHIR packages of a folder ({@code *.tgz}), for the validator. In which order they are read does not matter, since
 * they refer to each other by canonical URL. A package that is damaged, made for another release of FHIR, or at odds with
 * another one is refused; so is one that redefines what is ours.
 *
 * <p>Every definition is parsed once here, so that a broken one shows now and not when a resource claims it; what is kept
 * is its compressed text.
 */
public final class FhirPackages {

    /** Built into the validator. */
    private static final String CORE = "hl7.fhir.r4.core";

    private final List<PackageManifest> manifests;
    private final PackageSupport support;

    private FhirPackages(List<PackageManifest> manifests, PackageSupport support) {
        this.manifests = List.copyOf(manifests);
        this.support = support;
    }

    public static FhirPackages none(FhirContext context) {
        return new FhirPackages(List.of(), new PackageSupport(context, Map.of()));
    }

    /**
     * @param folder directory with the archives; what else lies in it is ignored
     * @throws PackageException when the folder or one of its packages cannot be used
     */
    public static FhirPackages load(FhirContext context, Path folder) {
        List<PackageManifest> manifests = new ArrayList<>();
        Map<String, PackagedDefinition> definitions = new HashMap<>();
        for (Path file : archives(folder)) {
            PackageArchive archive = PackageArchive.read(file);
            manifests.add(archive.manifest());
            archive.definitions().forEach(definition -> add(context, definitions, definition));
        }
        requireOneOfEach(manifests);
        manifests.forEach(manifest -> requireFitting(manifest, manifests));
        return new FhirPackages(manifests, new PackageSupport(context, Map.copyOf(definitions)));
    }

    /** Their definitions, to be put in the validator's chain after R4's and ours. */
    public IValidationSupport validationSupport() {
        return support;
    }

    /** Name and version of each, e.g. {@code de.basisprofil.r4 1.4.0}. */
    public List<String> titles() {
        return manifests.stream().map(PackageManifest::title).toList();
    }

    /**
     * Packages that others were made with and that are not in the folder, each as a sentence. Profiles that build on them
     * cannot be checked wholly: a resource that claims such a profile may be refused for want of a definition.
     */
    public List<String> missing() {
        return manifests.stream()
                .flatMap(manifest -> manifest.dependencies().entrySet().stream()
                        .filter(needed -> !needed.getKey().equals(CORE))
                        .filter(needed -> manifests.stream()
                                .noneMatch(other -> other.name().equals(needed.getKey())))
                        .map(needed -> "The FHIR package " + manifest.title() + " was made with " + needed.getKey()
                                + " " + needed.getValue() + ", which is not in the folder."))
                .sorted()
                .toList();
    }

    private static List<Path> archives(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".tgz"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new PackageException(
                    "sinusnode.packages.folder names " + folder + ", which is no folder that can be read.", e);
        }
    }

    private static void add(
            FhirContext context, Map<String, PackagedDefinition> definitions, PackagedDefinition definition) {
        if (definition.url().startsWith(Canonicals.BASE + "/")) {
            throw new PackageException("The FHIR package " + definition.source() + " defines " + definition.url()
                    + ", a name that belongs to SinusNode. Take the package out of the folder.");
        }
        PackageSupport.parse(context, definition);
        PackagedDefinition other = definitions.put(PackageSupport.key(definition.type(), definition.url()), definition);
        if (other != null) {
            throw new PackageException("Two FHIR packages define the " + definition.type() + " " + definition.url()
                    + ": " + other.source() + " and " + definition.source() + ". Take one of them out of the folder.");
        }
    }

    private static void requireOneOfEach(List<PackageManifest> manifests) {
        Map<String, PackageManifest> byName = new HashMap<>();
        for (PackageManifest manifest : manifests) {
            PackageManifest other = byName.put(manifest.name(), manifest);
            if (other != null) {
                throw new PackageException("The FHIR package " + manifest.name() + " is there twice, in version "
                        + other.version() + " (" + other.file() + ") and " + manifest.version() + " ("
                        + manifest.file() + "). Take one of them out of the folder.");
            }
        }
    }

    private static void requireFitting(PackageManifest manifest, List<PackageManifest> manifests) {
        for (PackageManifest other : manifests) {
            String asked = manifest.dependencies().get(other.name());
            if (asked != null && !other.satisfies(asked)) {
                throw new PackageException("The FHIR package " + manifest.title() + " (" + manifest.file()
                        + ") was made with " + other.name() + " " + asked + ", but the folder holds version "
                        + other.version() + ". Take packages that fit each other.");
            }
        }
    }
}
