package eu.sinusnode.sampledata.fhir;

import java.io.ByteArrayOutputStream;

/**
 * Writes one transaction Bundle of PUT entries into memory. Entries stand in the order in which they are added, so
 * whatever a resource refers to is to be added before it.
 */
public final class BundleWriter {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(160_000);
    private final Json json = new Json(bytes);
    private int entries;

    public BundleWriter() {
        json.object().text("resourceType", "Bundle").text("type", "transaction").array("entry");
    }

    /** Opens the resource of a new entry; what follows are its elements, then {@link #endResource}. */
    Json resource(String type, String id) {
        json.object().text("fullUrl", "urn:uuid:" + id).object("resource");
        return json.text("resourceType", type).text("id", id);
    }

    /** To go on with the resource that is open. */
    Json json() {
        return json;
    }

    void endResource(String type, String id) {
        json.end();
        json.object("request")
                .text("method", "PUT")
                .text("url", type + "/" + id)
                .end();
        json.end();
        entries++;
    }

    public int entries() {
        return entries;
    }

    /** Ends the Bundle; nothing can be added any more. */
    public byte[] finish() {
        json.endArray().end().close();
        return bytes.toByteArray();
    }
}
