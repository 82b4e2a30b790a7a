package eu.sinusnode.policy.authorization;

import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.search.IncludeKey;
import eu.sinusnode.policy.search.SearchDefinitions;
import eu.sinusnode.policy.search.SearchDefinitions.Definition;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What may come along with a search: what an open reference parameter leads to, in either direction. An include reads what
 * a search by its parameter would be asked about.
 */
public final class IncludeForm {

    private static final int MOST = 10;

    private static final Decision OPEN = Decision.Permit.of("includes", "all of them are open");

    private final AccessMatrix matrix;
    private final AuthorizationPolicy authorization;
    private final SearchDefinitions definitions;

    public IncludeForm(AccessMatrix matrix, AuthorizationPolicy authorization, SearchDefinitions definitions) {
        this.matrix = matrix;
        this.authorization = authorization;
        this.definitions = definitions;
    }

    /** @param parameters of a search, or of a further page of one; those that are no includes are passed over */
    public Decision decide(Caller caller, Map<String, List<String>> parameters) {
        int asked = 0;
        for (Map.Entry<String, List<String>> each : parameters.entrySet()) {
            for (String value : IncludeKey.isName(each.getKey()) ? each.getValue() : List.<String>of()) {
                Optional<IncludeKey> key = IncludeKey.parse(each.getKey(), value);
                if (key.isEmpty()) {
                    return deny(each.getKey() + " takes Type:parameter or Type:parameter:TargetType only");
                }
                Decision decision = decide(caller, key.get());
                if (decision instanceof Decision.Deny) {
                    return decision;
                }
                asked++;
            }
        }
        return asked > MOST ? deny("a search takes " + MOST + " includes at most") : OPEN;
    }

    private Decision decide(Caller caller, IncludeKey key) {
        Decision search = authorization.decide(caller, key.source(), Interaction.SEARCH);
        if (search instanceof Decision.Deny) {
            return search;
        }
        boolean open = !matrix.hasOwnSearch(key.source())
                && matrix.searchParameters(caller.kind(), key.source()).contains(key.parameter())
                && definitions
                        .find(key.source(), key.parameter())
                        .filter(Definition::isReference)
                        .filter(definition -> definition.targets().stream().anyMatch(key::mayName))
                        .isPresent();
        return open ? OPEN : deny(key.name() + "=" + key.value() + " is not open");
    }

    private static Decision.Deny deny(String reason) {
        return new Decision.Deny(DenialCode.SEARCH_PARAMETER, reason);
    }
}
