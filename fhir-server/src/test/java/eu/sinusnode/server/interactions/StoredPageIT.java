package eu.sinusnode.server.interactions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import eu.sinusnode.server.http.Variety;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.Test;

/** Asked for a form, the encoder writes the page; else it is made of the texts that are stored. Both are the same. */
class StoredPageIT extends RunningServer {

    private static final String NAME = "stored-page";
    private static final String PATIENT = Records.id(NAME);
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void theEncoderWouldWriteTheSame() throws IOException {
        load(Records.transaction(Records.patient(PATIENT), Records.cuff(Records.id(NAME + "-cuff"), PATIENT)));
        load(Records.transaction(
                Variety.of(NAME).stream().map(vital -> vital.setEncounter(null)).toArray(Observation[]::new)));

        for (String code : List.of("85354-9", "8867-4", "2708-6", "29463-7")) {
            String search = "/Observation?patient=" + PATIENT + "&code=http://loinc.org%7C" + code + "&_sort=-date";
            assertSame(get(search, TOKENS.patient(PATIENT)), get(search + "&_pretty=false", TOKENS.patient(PATIENT)));
        }
    }

    private static void assertSame(Answer page, Answer encoded) throws IOException {
        assertThat(page.bundle().getEntry()).isNotEmpty();
        assertThat(entries(page)).isEqualTo(entries(encoded));
        assertThat(around(page)).isEqualTo(around(encoded));
        assertThat(headers(page)).isEqualTo(headers(encoded));
        assertThat(page.header("Content-Type")).isEqualTo(encoded.header("Content-Type"));
    }

    /** Without the one of the connection, which each hundredth answer over it closes (RFC 9110, 7.6.1). */
    private static Set<String> headers(Answer answer) {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(answer.response().headers().map().keySet());
        names.remove("Connection");
        return names;
    }

    /** As they are written. */
    private static String entries(Answer page) {
        return page.body().substring(page.body().indexOf(",\"entry\":["));
    }

    /** Without what differs between any two answers. */
    private static String around(Answer page) throws IOException {
        ObjectNode bundle = (ObjectNode) JSON.readTree(page.body());
        bundle.put("id", "");
        bundle.withObject("/meta").put("lastUpdated", "");
        bundle.remove("entry");
        return bundle.toString().replace("_pretty=false&", "").replace("&_pretty=false", "");
    }
}
