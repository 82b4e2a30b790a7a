package eu.sinusnode.keycloak.realm;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The cohort's {@code directory.json}: which organizations, practitioners and well-known patients there are. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RealmDirectory(
        @JsonProperty(required = true) List<Organization> organizations,
        @JsonProperty(required = true) List<Practitioner> practitioners,
        @JsonProperty(required = true) List<Persona> personas) {

    /** What an organization does here. */
    public enum OrganizationKind {
        @JsonProperty("centre")
        CENTRE,
        @JsonProperty("clinic")
        CLINIC,
        @JsonProperty("insurer")
        INSURER,
        @JsonProperty("foreign-insurer")
        FOREIGN_INSURER
    }

    /** @param country ISO 3166-1 alpha-2 */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Organization(
            @JsonProperty(required = true) String id,
            String name,
            @JsonProperty(required = true) OrganizationKind kind,
            @JsonProperty(required = true) String country) {}

    /** @param organization id of the Organization where the practitioner works */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Practitioner(
            @JsonProperty(required = true) String id,
            @JsonProperty(required = true) String organization) {}

    /** One of the first patients of the cohort, with a login. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Persona(@JsonProperty(required = true) String id) {}

    public RealmDirectory {
        organizations = List.copyOf(organizations);
        practitioners = List.copyOf(practitioners);
        personas = List.copyOf(personas);
    }

    /** @throws IOException in a plain sentence when the file is missing or is not a directory of this shape */
    public static RealmDirectory read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("The cohort's directory " + file + " is missing: generate the cohort first.");
        }
        return JsonMapper.builder().build().readValue(file.toFile(), RealmDirectory.class);
    }

    /** In the order of the file. */
    public List<Organization> organizations(OrganizationKind kind) {
        return organizations.stream().filter(o -> o.kind() == kind).toList();
    }

    /** @throws IllegalArgumentException when there is none */
    public Organization first(OrganizationKind kind) {
        return organizations(kind).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The directory names no organization of kind " + kind));
    }
}
