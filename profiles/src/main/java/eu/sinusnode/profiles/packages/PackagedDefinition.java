package eu.sinusnode.profiles.packages;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;

/**
 * A StructureDefinition, ValueSet or CodeSystem of a package. Kept compressed: most are never asked for, and parsed they
 * would take a hundred times the room.
 *
 * @param source package and file, for messages
 * @param version business version; empty when the definition has none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PackagedDefinition(String source, String type, String url, String version, byte[] compressed, int length) {

    static PackagedDefinition of(String source, String type, String url, String version, byte[] json) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(json.length / 8 + 64);
        try (DeflaterOutputStream out = new DeflaterOutputStream(compressed, deflater)) {
            out.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return new PackagedDefinition(source, type, url, version, compressed.toByteArray(), json.length);
    }

    byte[] json() {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(compressed);
            byte[] json = new byte[length];
            int read = 0;
            while (read < length) {
                read += inflater.inflate(json, read, length - read);
            }
            return json;
        } catch (DataFormatException e) {
            throw new IllegalStateException("The definition " + source + " was kept in no sound form", e);
        } finally {
            inflater.end();
        }
    }
}
