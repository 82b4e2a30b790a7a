package eu.sinusnode.profiles.packages;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a package says about itself in its {@code package.json} (FHIR NPM Package Specification).
 *
 * @param file name of the archive in the folder
 * @param dependencies names of other packages and the versions that this one was made with
 */
record PackageManifest(String file, String name, String version, Map<String, String> dependencies) {

    private static final String R4 = "4.0";

    /** @throws PackageException when it has no name or version, or is not for FHIR R4 */
    static PackageManifest of(String file, JsonNode json) {
        String name = json.path("name").asText();
        String version = json.path("version").asText();
        if (name.isEmpty() || version.isEmpty()) {
            throw new PackageException("The FHIR package " + file + " has no name or no version in its package.json.");
        }
        JsonNode fhirVersions = json.has("fhirVersions") ? json.get("fhirVersions") : json.path("fhir-version-list");
        for (JsonNode each : fhirVersions) {
            if (!each.asText().startsWith(R4)) {
                throw new PackageException(
                        "The FHIR package " + file + " is made for FHIR " + each.asText()
                                + "; this server speaks R4 (4.0.1). Take the package's R4 edition, or take it out of the folder.");
            }
        }
        Map<String, String> dependencies = new LinkedHashMap<>();
        json.path("dependencies")
                .properties()
                .forEach(each -> dependencies.put(each.getKey(), each.getValue().asText()));
        return new PackageManifest(file, name, version, Map.copyOf(dependencies));
    }

    /** Name and version, for messages. */
    String title() {
        return name + " " + version;
    }

    /** Whether this package is of the version that another one asks for, such as {@code 3.1.1} or {@code 3.1.x}. */
    boolean satisfies(String asked) {
        return version.equals(asked)
                || asked.equals("latest")
                || asked.equals("current")
                || (asked.endsWith(".x") && version.startsWith(asked.substring(0, asked.length() - 1)));
    }
}
