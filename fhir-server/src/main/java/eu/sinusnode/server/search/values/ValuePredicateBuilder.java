package eu.sinusnode.server.search.values;

import ca.uhn.fhir.interceptor.model.RequestPartitionId;
import ca.uhn.fhir.jpa.dao.predicate.SearchFilterParser.CompareOperation;
import ca.uhn.fhir.jpa.search.builder.predicate.BaseQuantityPredicateBuilder;
import ca.uhn.fhir.jpa.search.builder.predicate.QuantityPredicateBuilder;
import ca.uhn.fhir.jpa.search.builder.sql.SearchQueryBuilder;
import ca.uhn.fhir.rest.param.QuantityParam;
import com.healthmarketscience.sqlbuilder.BinaryCondition;
import com.healthmarketscience.sqlbuilder.ComboCondition;
import com.healthmarketscience.sqlbuilder.Condition;
import com.healthmarketscience.sqlbuilder.dbspec.basic.DbColumn;
import jakarta.persistence.criteria.CriteriaBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * HAPI's conditions on quantities, with what {@link ValueIndex} needs besides: a value of any code by the place where it
 * stands, and the unit as a filter of what the code and the value found. HAPI has a hash for either, which would be one more
 * row and one more index for what rules out next to nothing.
 */
final class ValuePredicateBuilder extends QuantityPredicateBuilder {

    private final SearchQueryBuilder sql;
    private final DbColumn unit = getTable().addColumn("SP_SYSTEM");
    private final DbColumn subject = getTable().addColumn("SP_UNITS");

    ValuePredicateBuilder(SearchQueryBuilder sql) {
        super(sql);
        this.sql = sql;
    }

    @Override
    public Condition createPredicateQuantity(
            QuantityParam asked,
            String resourceType,
            String parameter,
            CriteriaBuilder criteria,
            BaseQuantityPredicateBuilder from,
            @Nullable CompareOperation comparison,
            RequestPartitionId partition) {
        if (!parameter.equals(ValueIndex.PARAMETER)) {
            return super.createPredicateQuantity(asked, resourceType, parameter, criteria, from, comparison, partition);
        }
        boolean ofAnyCode = ValueIndex.isPlace(asked.getUnits());
        QuantityParam hashed =
                new QuantityParam(asked.getPrefix(), asked.getValue(), null, ofAnyCode ? null : asked.getUnits());
        List<Condition> all = new ArrayList<>();
        all.add(super.createPredicateQuantity(hashed, resourceType, parameter, criteria, from, comparison, partition));
        if (ofAnyCode) {
            all.add(BinaryCondition.like(subject, sql.generatePlaceholder(asked.getUnits() + "%")));
        }
        if (asked.getSystem() != null) {
            all.add(BinaryCondition.equalTo(unit, sql.generatePlaceholder(asked.getSystem())));
        }
        return ComboCondition.and(all.toArray(Condition[]::new));
    }
}
