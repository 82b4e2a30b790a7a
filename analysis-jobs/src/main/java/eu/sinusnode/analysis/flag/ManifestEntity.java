package eu.sinusnode.analysis.flag;

import eu.sinusnode.analysis.manifest.ReplayManifest;
import eu.sinusnode.profiles.Canonicals;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.hl7.fhir.r4.model.Base64BinaryType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Provenance.ProvenanceEntityComponent;
import org.hl7.fhir.r4.model.Provenance.ProvenanceEntityRole;
import org.hl7.fhir.r4.model.Reference;

/** A replay manifest in the Provenance of its flag: an entity with its hash, the bytes beside it in zlib's form. */
public final class ManifestEntity {

    /** A manifest of all that a patient's devices can send in two months stays far below. */
    private static final int LONGEST = 32 << 20;

    private ManifestEntity() {}

    static ProvenanceEntityComponent of(ReplayManifest manifest) {
        Reference what = new Reference()
                .setDisplay("Manifest for a replay, of %d inputs"
                        .formatted(manifest.versions().size()));
        what.getIdentifier().setSystem(FlagIdentifiers.REPLAY_MANIFEST).setValue(manifest.sha256());
        ProvenanceEntityComponent entity = new ProvenanceEntityComponent()
                .setRole(ProvenanceEntityRole.SOURCE)
                .setWhat(what);
        entity.addExtension(Canonicals.REPLAY_MANIFEST, new Base64BinaryType(deflated(manifest.bytes())));
        return entity;
    }

    /** The hash that a flag names; empty for a flag that was written before there were manifests. */
    public static Optional<String> named(Observation flag) {
        return flag.getComponent().stream()
                .filter(one -> FlagContent.REPLAY_MANIFEST.equals(one.getCode().getText()) && one.hasValueStringType())
                .map(one -> one.getValueStringType().getValue())
                .findFirst();
    }

    /**
     * The manifest of that hash among the Provenances of a flag; empty when none holds it.
     *
     * @throws IOException when it is not what its hash says
     */
    public static Optional<ReplayManifest> find(List<Provenance> provenances, String sha256) throws IOException {
        for (Provenance provenance : provenances) {
            for (ProvenanceEntityComponent entity : provenance.getEntity()) {
                boolean named = FlagIdentifiers.REPLAY_MANIFEST.equals(
                                entity.getWhat().getIdentifier().getSystem())
                        && sha256.equals(entity.getWhat().getIdentifier().getValue());
                if (named
                        && entity.getExtensionByUrl(Canonicals.REPLAY_MANIFEST) != null
                        && entity.getExtensionByUrl(Canonicals.REPLAY_MANIFEST).getValue()
                                instanceof Base64BinaryType bytes) {
                    return Optional.of(ReplayManifest.read(inflated(bytes.getValue()), sha256));
                }
            }
        }
        return Optional.empty();
    }

    private static byte[] deflated(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("Bytes in memory could not be written", e);
        }
        return out.toByteArray();
    }

    private static byte[] inflated(byte[] bytes) throws IOException {
        try (InflaterInputStream inflater = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
            byte[] manifest = inflater.readNBytes(LONGEST + 1);
            if (manifest.length > LONGEST) {
                throw new IOException("The manifest in the Provenance is longer than any can be.");
            }
            return manifest;
        }
    }
}
