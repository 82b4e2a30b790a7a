package eu.sinusnode.analysis.risk;

import eu.sinusnode.analysis.model.AdditiveManifest;
import org.jspecify.annotations.Nullable;

/**
 * Which rule or model in which version.
 *
 * @param risk code of the flag it raises
 * @param id e.g. {@code af-rr-logistic}
 * @param name for people
 * @param sha256 of the model file and its manifest; null for a rule, whose version says all
 */
public record ModelIdentity(
        String risk,
        String id,
        String version,
        String name,
        @Nullable String sha256) {

    static ModelIdentity of(String risk, AdditiveManifest manifest, String name) {
        return new ModelIdentity(risk, manifest.id(), manifest.version(), name, manifest.sha256());
    }

    /** One line that names it wherever it was used. */
    public String label() {
        return sha256 == null ? id + " " + version : id + " " + version + ", SHA-256 " + sha256;
    }
}
