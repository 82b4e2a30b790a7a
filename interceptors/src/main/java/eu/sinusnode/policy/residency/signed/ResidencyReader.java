package eu.sinusnode.policy.residency.signed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import eu.sinusnode.policy.residency.AdequacyDecision;
import eu.sinusnode.policy.residency.ResidencyRules;
import eu.sinusnode.policy.residency.ResidencyTier;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the JSON form of a {@link ResidencyDocument}; a member that is unknown, missing, twice there or wrong refuses it. */
public final class ResidencyReader {

    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private static final Pattern HOST = Pattern.compile("[a-z0-9_.-]+|[0-9a-f]*(:[0-9a-f]*){2,}");

    private ResidencyReader() {}

    /** @throws UnreadableDocumentException with the member and what is wrong with it */
    public static ResidencyDocument read(String json) throws UnreadableDocumentException {
        Members document;
        try {
            document = Members.of("", JSON.readTree(json), Set.of("version", "tier", "site", "endpoints", "adequacy"));
        } catch (JsonProcessingException e) {
            throw new UnreadableDocumentException("the file is not JSON: " + e.getOriginalMessage());
        }
        Site site = site(document.object("site", Set.of("country", "operator", "declared")));
        return new ResidencyDocument(
                document.positive("version"),
                new ResidencyRules(tier(document), adequacy(document)),
                site,
                endpoints(document, site));
    }

    private static ResidencyTier tier(Members document) throws UnreadableDocumentException {
        String written = document.text("tier");
        return Arrays.stream(ResidencyTier.values())
                .filter(tier -> tier.name().equals(written))
                .findFirst()
                .orElseThrow(() -> document.wrong(
                        "tier", "is '" + written + "', none of " + Arrays.toString(ResidencyTier.values())));
    }

    private static Site site(Members site) throws UnreadableDocumentException {
        return new Site(site.country("country"), site.text("operator"), site.flag("declared"));
    }

    private static List<AdequacyDecision> adequacy(Members document) throws UnreadableDocumentException {
        List<AdequacyDecision> decisions = new ArrayList<>();
        for (Members decision :
                document.objects("adequacy", Set.of("country", "from", "until", "limitedTo", "source"))) {
            String country = decision.country("country");
            LocalDate from = decision.day("from");
            LocalDate until = decision.has("until") ? decision.day("until") : null;
            if (until != null && until.isBefore(from)) {
                throw decision.wrong("until", "is before 'from'");
            }
            decisions.add(new AdequacyDecision(
                    country, from, until, decision.optionalText("limitedTo"), decision.text("source")));
        }
        return decisions;
    }

    private static List<Endpoint> endpoints(Members document, Site site) throws UnreadableDocumentException {
        List<Endpoint> endpoints = new ArrayList<>();
        for (Members endpoint : document.objects("endpoints", Set.of("purpose", "host", "country", "operator"))) {
            endpoints.add(endpoint(endpoint, site));
        }
        return endpoints;
    }

    private static Endpoint endpoint(Members endpoint, Site site) throws UnreadableDocumentException {
        String word = endpoint.text("purpose");
        EndpointPurpose purpose = EndpointPurpose.of(word)
                .orElseThrow(() -> endpoint.wrong("purpose", "is '" + word + "', none of " + EndpointPurpose.words()));
        String host = endpoint.text("host");
        if (host.equals(Endpoint.LOOPBACK)) {
            if (endpoint.has("country") || endpoint.has("operator")) {
                throw endpoint.wrong("host", "is loopback, whose country and operator are the site's: leave them out");
            }
            return new Endpoint(purpose, host, site.country(), site.operator());
        }
        if (!HOST.matcher(host).matches()
                || !host.equals(Dependency.of("", purpose, host).host())) {
            throw endpoint.wrong(
                    "host",
                    "is '" + host + "': write host names in lower case, without port or brackets, and this machine as "
                            + Endpoint.LOOPBACK);
        }
        return new Endpoint(purpose, host, endpoint.country("country"), endpoint.text("operator"));
    }
}
