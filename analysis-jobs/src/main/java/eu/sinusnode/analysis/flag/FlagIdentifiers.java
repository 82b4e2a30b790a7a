package eu.sinusnode.analysis.flag;

import eu.sinusnode.analysis.risk.ModelIdentity;
import eu.sinusnode.profiles.Canonicals;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;

/** The identifiers that make a second run find what the first one wrote. */
public final class FlagIdentifiers {

    /** Identifier system of an algorithm's Device: id, version and, for a trained model, the hash of its file and manifest. */
    public static final String ALGORITHM = "https://sinusnode.eu/sid/algorithm";
    /** Identifier system of an input manifest: the SHA-256 of what {@link InputManifest} describes. */
    public static final String INPUT_MANIFEST = "https://sinusnode.eu/sid/input-manifest";

    /** Identifier system of a replay manifest: the SHA-256 of its bytes. */
    public static final String REPLAY_MANIFEST = "https://sinusnode.eu/sid/replay-manifest";

    private FlagIdentifiers() {}

    static Identifier flag(String code, String patient) {
        return new Identifier().setSystem(Canonicals.RISK_FLAG_IDENTIFIER).setValue(code + "|" + patient);
    }

    static boolean has(Observation flag, Identifier identifier) {
        return flag.getIdentifier().stream()
                .anyMatch(own -> identifier.getSystem().equals(own.getSystem())
                        && identifier.getValue().equals(own.getValue()));
    }

    public static Identifier algorithm(ModelIdentity identity) {
        String hash = identity.sha256() == null ? "" : "|" + identity.sha256();
        return new Identifier().setSystem(ALGORITHM).setValue(identity.id() + "|" + identity.version() + hash);
    }
}
