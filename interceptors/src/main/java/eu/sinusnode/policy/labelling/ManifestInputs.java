package eu.sinusnode.policy.labelling;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import eu.sinusnode.profiles.Canonicals;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.InflaterInputStream;
import org.hl7.fhir.r4.model.Base64BinaryType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Provenance;

/**
 * The records that a replay manifest in a Provenance names: each text in it that is the version of a record, whatever the
 * form of the manifest. What is no manifest names none; a replay says so.
 */
final class ManifestInputs {

    private static final Pattern VERSION = Pattern.compile("([A-Z][A-Za-z]+/[A-Za-z0-9\\-.]{1,64})/_history/[0-9]+");

    /** As many bytes as the job takes for a manifest. */
    private static final int LONGEST = 32 << 20;

    private static final JsonFactory JSON = new JsonFactory();

    private ManifestInputs() {}

    /** @return {@code Type/id} */
    static Set<String> of(Provenance provenance) {
        Set<String> named = new LinkedHashSet<>();
        provenance.getEntity().forEach(entity -> {
            Extension manifest = entity.getExtensionByUrl(Canonicals.REPLAY_MANIFEST);
            if (manifest != null && manifest.getValue() instanceof Base64BinaryType bytes && bytes.hasValue()) {
                named.addAll(read(bytes.getValue()));
            }
        });
        return named;
    }

    private static Set<String> read(byte[] deflated) {
        Set<String> named = new LinkedHashSet<>();
        try (InflaterInputStream inflater = new InflaterInputStream(new ByteArrayInputStream(deflated));
                JsonParser parser = JSON.createParser(inflater.readNBytes(LONGEST))) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    Matcher version = VERSION.matcher(parser.getText());
                    if (version.matches()) {
                        named.add(version.group(1));
                    }
                }
            }
        } catch (IOException noManifest) {
            return named;
        }
        return named;
    }
}
