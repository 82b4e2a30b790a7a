package eu.sinusnode.server.fulltext.index;

import eu.sinusnode.server.configuration.FullTextProperties;
import java.util.HashMap;
import java.util.Map;
import org.hibernate.search.backend.elasticsearch.client.ElasticsearchHttpClientConfigurer;
import org.hibernate.search.engine.environment.bean.BeanReference;

/** The index of all nodes in an Elasticsearch or OpenSearch. */
public final class SharedIndex {

    private SharedIndex() {}

    /**
     * Opens the index; an empty one when there is none.
     *
     * @param client how the endpoint is called
     * @throws org.hibernate.search.util.common.SearchException when the endpoint does not answer, or holds an index of
     *     another form
     */
    public static TextIndex open(FullTextProperties properties, ElasticsearchHttpClientConfigurer client) {
        return open(properties, client, "create-or-validate");
    }

    /** Looks into the index and makes none. */
    public static TextIndex look(FullTextProperties properties, ElasticsearchHttpClientConfigurer client) {
        return open(properties, client, "none");
    }

    private static TextIndex open(
            FullTextProperties properties, ElasticsearchHttpClientConfigurer client, String schema) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("hibernate.search.schema_management.strategy", schema);
        settings.put("hibernate.search.backend.type", "elasticsearch");
        settings.put("hibernate.search.backend.uris", String.valueOf(properties.elasticsearchUrl()));
        settings.put("hibernate.search.backend.client.configurer", BeanReference.ofInstance(client));
        settings.put("hibernate.search.backend.discovery.enabled", false);
        settings.put(
                "hibernate.search.backend.analysis.configurer", BeanReference.ofInstance(new ElasticsearchAnalyses()));
        settings.put("hibernate.search.backend.schema_management.minimal_required_status", "yellow");
        if (properties.elasticsearchUsername() != null && properties.elasticsearchPassword() != null) {
            settings.put("hibernate.search.backend.username", properties.elasticsearchUsername());
            settings.put("hibernate.search.backend.password", properties.elasticsearchPassword());
        }
        return TextIndex.open(settings);
    }
}
