package eu.sinusnode.analysis.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import weka.classifiers.functions.Logistic;

/**
 * Model files: Java-serialised Weka classifiers. A file is read only when its manifest's SHA-256 is that of both, and only
 * classes that a logistic regression consists of may come out of it. So threshold and calibration cannot be changed without
 * another identity.
 */
public final class ModelFiles {

    private static final Set<String> ALLOWED_CLASSES = Set.of(
            "java.lang.Integer",
            "java.lang.Number",
            "java.lang.Object",
            "java.util.ArrayList",
            "java.util.BitSet",
            "java.util.HashMap",
            "java.util.Hashtable",
            "java.util.Map$Entry",
            "weka.classifiers.AbstractClassifier",
            "weka.classifiers.functions.Logistic",
            "weka.core.Attribute",
            "weka.core.AttributeLocator",
            "weka.core.Instances",
            "weka.core.NominalAttributeInfo",
            "weka.core.Queue",
            "weka.core.Range",
            "weka.core.RelationalLocator",
            "weka.core.StringLocator",
            "weka.filters.Filter",
            "weka.filters.unsupervised.attribute.NominalToBinary",
            "weka.filters.unsupervised.attribute.PotentialClassIgnorer",
            "weka.filters.unsupervised.attribute.Remove",
            "weka.filters.unsupervised.attribute.RemoveUseless",
            "weka.filters.unsupervised.attribute.ReplaceMissingValues");
    private static final int LARGEST_MODEL_BYTES = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ModelFiles() {}

    public static byte[] write(Logistic model) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(model);
        } catch (IOException e) {
            throw new UncheckedIOException("The model could not be serialised", e);
        }
        return bytes.toByteArray();
    }

    /** A manifest as it ships. */
    public static String write(SignedManifest manifest) {
        try {
            return JSON.writeValueAsString(manifest) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The manifest could not be written as JSON", e);
        }
    }

    /**
     * The SHA-256, in lower-case hexadecimal, of two lines: that of the model file, and that of the manifest as it ships
     * with an empty {@code sha256}.
     */
    public static String hash(byte[] file, SignedManifest manifest) {
        return sha256(sha256(file) + "\n" + sha256(write(manifest.withSha256(""))) + "\n");
    }

    /** @throws ModelRefused when it is no manifest, or not byte for byte as {@link #write(SignedManifest)} writes it */
    public static <M extends SignedManifest> M readManifest(byte[] bytes, Class<M> type) {
        try {
            M manifest = JSON.readValue(bytes, type);
            if (!Arrays.equals(bytes, write(manifest).getBytes(StandardCharsets.UTF_8))) {
                throw new ModelRefused(
                        "The manifest of model %s is refused: it is not as training wrote it; install it again"
                                .formatted(manifest.id()));
            }
            return manifest;
        } catch (IOException e) {
            throw new ModelRefused("The model's manifest cannot be read", e);
        }
    }

    /**
     * @throws ModelRefused when the manifest does not vouch for the file or for itself, or the file holds a class that is
     *     not on the list, or is no logistic regression
     */
    public static Logistic read(byte[] file, SignedManifest manifest) {
        String hash = hash(file, manifest);
        if (!hash.equals(manifest.sha256())) {
            throw new ModelRefused(
                    "Model %s is refused: its file and manifest have SHA-256 %s, the manifest says %s; install both again"
                            .formatted(manifest.id(), hash, manifest.sha256()));
        }
        return deserialise(file);
    }

    static Logistic deserialise(byte[] bytes) {
        WekaRuntime.prepare();
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            in.setObjectInputFilter(ModelFiles::allow);
            if (in.readObject() instanceof Logistic model) {
                return model;
            }
            throw new ModelRefused("The model file holds no logistic regression");
        } catch (IOException | ClassNotFoundException e) {
            throw new ModelRefused("The model file cannot be read: " + e.getMessage(), e);
        }
    }

    private static ObjectInputFilter.Status allow(ObjectInputFilter.FilterInfo info) {
        if (info.depth() > 20
                || info.references() > 10_000
                || info.streamBytes() > LARGEST_MODEL_BYTES
                || info.arrayLength() > 10_000) {
            return ObjectInputFilter.Status.REJECTED;
        }
        Class<?> type = info.serialClass();
        if (type == null) {
            return ObjectInputFilter.Status.UNDECIDED;
        }
        while (type.isArray()) {
            type = type.getComponentType();
        }
        return type.isPrimitive() || ALLOWED_CLASSES.contains(type.getName())
                ? ObjectInputFilter.Status.ALLOWED
                : ObjectInputFilter.Status.REJECTED;
    }

    /** Lower-case hexadecimal. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    public static String sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
