package eu.sinusnode.analysis.model;

/** What ships beside a model file, threshold and calibration too. Its hash vouches for the file and for itself. */
public sealed interface SignedManifest permits ModelManifest, AdditiveManifest {

    String id();

    /** As {@link ModelFiles#hash} computes it. */
    String sha256();

    /** The same with another hash. */
    SignedManifest withSha256(String hash);
}
