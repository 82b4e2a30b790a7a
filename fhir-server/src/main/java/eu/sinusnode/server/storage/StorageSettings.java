package eu.sinusnode.server.storage;

import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings.ClientIdStrategyEnum;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings.IdStrategyEnum;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings.StoreMetaSourceInformationEnum;
import ca.uhn.fhir.jpa.model.entity.StorageSettings.TagStorageModeEnum;
import eu.sinusnode.server.configuration.LimitProperties;
import java.util.List;

/** HAPI's many switches, set to what is measured and what is safe. */
final class StorageSettings {

    private StorageSettings() {}

    static JpaStorageSettings of(LimitProperties limits) {
        JpaStorageSettings settings = new JpaStorageSettings();
        identity(settings);
        closed(settings);
        searches(settings, limits);
        space(settings);
        settings.setMaximumTransactionBundleSize(limits.bundleEntries());
        return settings;
    }

    /** The server assigns UUIDs. That only the loader may choose an id is the policy's rule, not the storage's. */
    private static void identity(JpaStorageSettings settings) {
        settings.setResourceServerIdStrategy(IdStrategyEnum.UUID);
        settings.setResourceClientIdStrategy(ClientIdStrategyEnum.ANY);
        settings.setEnforceReferentialIntegrityOnWrite(true);
        settings.setEnforceReferentialIntegrityOnDelete(true);
        settings.setEnforceReferenceTargetTypes(true);
        settings.setAutoCreatePlaceholderReferenceTargets(false);
        settings.setAllowExternalReferences(false);
        settings.setAutoVersionReferenceAtPaths("Provenance.target");
        // "Patient?identifier=…" as a reference would tell whether such a patient exists.
        settings.setAllowInlineMatchUrlReferences(false);
    }

    private static void closed(JpaStorageSettings settings) {
        // Who may delete what is the policies' rule.
        settings.setDeleteEnabled(true);
        settings.setAllowMultipleDelete(false);
        settings.setExpungeEnabled(false);
        settings.setDeleteExpungeEnabled(false);
        settings.setEnableTaskBulkImportJobExecution(false);
        settings.setEnableTaskBulkExportJobExecution(false);
        settings.setEnableTaskResourceReindexing(false);
        settings.setPreExpandValueSets(false);
        settings.setEnableTaskPreExpandValueSets(false);
        settings.setUpdateWithHistoryRewriteEnabled(false);
    }

    private static void searches(JpaStorageSettings settings, LimitProperties limits) {
        // OpenSearchParameters says which there are.
        settings.setAutoSupportDefaultSearchParams(false);
        // A cached result belongs to the caller it was made for; another caller must never be given it.
        settings.setReuseCachedSearchResultsForMillis(null);
        settings.setMarkResourcesForReindexingUponSearchParameterChange(false);
        settings.setFilterParameterEnabled(false);
        // It needs no index of its own: what it looks through are the values of the patients that the search is
        // narrowed to.
        settings.setAllowContainsSearches(true);
        settings.setHibernateSearchIndexFullText(false);
        settings.setHibernateSearchIndexSearchParams(false);
        settings.setIndexOnContainedResources(false);
        settings.setIndexOnUpliftedRefchains(false);
        settings.setFetchSizeDefaultMaximum(10_000);
        settings.setSearchPreFetchThresholds(List.of(limits.pageSize() + 1, 1_001, 10_001));
    }

    private static void space(JpaStorageSettings settings) {
        settings.setIndexStorageOptimized(true);
        settings.setSuppressStringIndexingInTokens(true);
        // Tags and profiles stay in the resource's JSON; nothing searches by them.
        settings.setTagStorageMode(TagStorageModeEnum.INLINE);
        settings.setStoreMetaSourceInformation(StoreMetaSourceInformationEnum.SOURCE_URI);
    }
}
