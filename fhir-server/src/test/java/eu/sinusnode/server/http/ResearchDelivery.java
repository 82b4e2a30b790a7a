package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.minimisation.Pseudonyms;
import eu.sinusnode.server.export.ExportClient;
import eu.sinusnode.server.keys.KeyPurpose;
import eu.sinusnode.server.keys.PurposeKeys;
import eu.sinusnode.server.projection.Consents;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What a research institute is given, record by record. Ten others permit it their Patient, since of fewer than ten nobody
 * is told; what is asked about is found by the names that the institute knows it by.
 */
final class ResearchDelivery {

    private static final int CROWD = 10;

    private final String institute;
    private final Pseudonyms names;
    private final JdbcTemplate database;
    private final List<String> crowd = new ArrayList<>();

    /** Loads the institute and its crowd. */
    ResearchDelivery(String name, PurposeKeys keys, JdbcTemplate database) {
        this.institute = Records.id(name);
        this.names = Pseudonyms.of(keys.current(KeyPurpose.PSEUDONYM).secret("HmacSHA256"), institute);
        this.database = database;
        RunningServer.load(Records.transaction(Records.organization(institute, "Institute")));
        List<Resource> loaded = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            String patient = Records.id(name + "-crowd-" + i);
            Consent consent = WalkWorld.consent(Records.id(name + "-crowd-consent-" + i), patient);
            consent.getProvision().setProvision(null);
            Consents.permit(consent, institute, Purpose.HRESCH)
                    .addClass_()
                    .setSystem("http://hl7.org/fhir/resource-types")
                    .setCode("Patient");
            this.crowd.add("Patient/" + patient);
            loaded.add(Records.patient(patient));
            loaded.add(consent);
        }
        RunningServer.load(Records.transaction(loaded.toArray(Resource[]::new)));
        isOld(crowd);
    }

    String institute() {
        return institute;
    }

    /** Nothing of the week that is under way leaves. */
    final void isOld(Iterable<String> paths) {
        paths.forEach(path -> database.update(
                "UPDATE public.hfj_resource SET res_updated = res_updated - interval '30 days'"
                        + " WHERE res_type = ? AND fhir_id = ?",
                path.substring(0, path.indexOf('/')),
                path.substring(path.indexOf('/') + 1)));
    }

    /** All that an export holds now beside the crowd, {@code Type/name}. */
    Set<String> exported() {
        // With a token of its own: one of some minutes ago is good no longer.
        ExportClient client = new ExportClient(
                RunningServer.TOKENS.token(CallerKind.RESEARCHER, claims -> claims.claim("organization", institute)));
        ExportClient.ByType<JsonNode> resources = client.export("/$export");
        Set<String> exported = new TreeSet<>();
        for (String type : resources.types()) {
            ExportClient.ids(resources.of(type)).forEach(id -> exported.add(type + "/" + id));
        }
        crowd.forEach(path -> assertThat(exported.remove(name(path))).isTrue());
        return exported;
    }

    /** By which the institute knows a record. */
    String name(String path) {
        String type = path.substring(0, path.indexOf('/'));
        return type + "/" + names.of(type, path.substring(path.indexOf('/') + 1));
    }
}
