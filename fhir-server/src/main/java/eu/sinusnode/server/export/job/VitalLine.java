package eu.sinusnode.server.export.job;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import eu.sinusnode.server.interactions.StoredText;
import eu.sinusnode.server.records.RecordModel;
import eu.sinusnode.server.records.StoredRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Meta;

/**
 * A signed vital sign of one patient that leaves as the text that is stored, and is not decoded for it. Whatever is out of
 * the ordinary is no such record and goes through the model: a label or tag, something contained, an element that plain
 * vital signs do not have, an extended primitive, a subject that is not told by its id.
 *
 * @param references of the record, as they stand in it
 * @param line without a line break
 */
record VitalLine(List<String> references, byte[] line) {

    static final String TYPE = "Observation";

    private static final JsonFactory JSON = new JsonFactory();

    /** Empty when it has to go through the model. */
    static Optional<VitalLine> of(StoredRecord stored, String patientId) {
        String json = stored.json();
        if (json == null || !stored.type().equals(TYPE) || json.indexOf('\n') >= 0 || json.indexOf('\r') >= 0) {
            return Optional.empty();
        }
        Optional<List<String>> references = references(json, "Patient/" + patientId);
        return references.isEmpty()
                ? Optional.empty()
                : StoredText.answer(json, TYPE, stored.id(), beside(stored))
                        .map(text -> new VitalLine(references.get(), RecordModel.bytes(text)));
    }

    private static Optional<List<String>> references(String json, String patient) {
        try (JsonParser parser = JSON.createParser(RecordModel.bytes(json))) {
            return VitalLineReader.references(parser, patient);
        } catch (JsonProcessingException broken) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Reading from memory does not fail.", e);
        }
    }

    private static Meta beside(StoredRecord stored) {
        Meta meta = new Meta().setVersionId(Long.toString(stored.version())).setLastUpdated(stored.updated());
        return stored.source() == null ? meta : meta.setSource(stored.source());
    }
}
