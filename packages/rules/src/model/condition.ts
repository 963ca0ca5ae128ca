/**
 * How a filter on text compares. Case counts. On one field, CONTAINS, EQUALS and PREFIX filters are joined by OR, the NOT ones by AND, and
 * both sides by AND.
 *
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_StringFilter.html
 */
export type StringComparison =
  | 'EQUALS'
  | 'PREFIX'
  | 'CONTAINS'
  | 'CONTAINS_WORD'
  | 'NOT_EQUALS'
  | 'PREFIX_NOT_EQUALS'
  | 'NOT_CONTAINS';

export interface StringFilter {
  readonly Value: string;
  readonly Comparison: StringComparison;
}

/** All bounds of one filter hold at once. */
export interface NumberFilter {
  readonly Eq?: number;
  readonly Gt?: number;
  readonly Gte?: number;
  readonly Lt?: number;
  readonly Lte?: number;
}

/** ISO 8601 bounds, or whole days back from now. */
export interface DateFilter {
  readonly Start?: string;
  readonly End?: string;
  readonly DateRange?: {
    readonly Value: number;
    readonly Unit: 'DAYS';
    /** WITHIN where it is absent. */
    readonly Comparison?: 'WITHIN' | 'OLDER_THAN';
  };
}

export interface MapFilter {
  readonly Key: string;
  readonly Value: string;
  readonly Comparison: 'EQUALS' | 'NOT_EQUALS' | 'CONTAINS' | 'NOT_CONTAINS';
}

export interface BooleanFilter {
  readonly Value: boolean;
}

export interface IpFilter {
  readonly Cidr: string;
}

/** Searches every text of a finding, ignoring case. */
export interface KeywordFilter {
  readonly Value: string;
}

export type AsffFilter = StringFilter | NumberFilter | DateFilter | MapFilter | KeywordFilter;

/** Criteria of a Security Hub CSPM automation rule: filters by field; all fields have to match. */
export type AsffCriteria = Readonly<Record<string, readonly AsffFilter[]>>;

export interface OcsfFilter<TFilter> {
  readonly FieldName: string;
  readonly Filter: TFilter;
}

export interface CompositeFilter {
  readonly StringFilters?: readonly OcsfFilter<StringFilter>[];
  readonly DateFilters?: readonly OcsfFilter<DateFilter>[];
  readonly BooleanFilters?: readonly OcsfFilter<BooleanFilter>[];
  readonly NumberFilters?: readonly OcsfFilter<NumberFilter>[];
  readonly MapFilters?: readonly OcsfFilter<MapFilter>[];
  readonly IpFilters?: readonly OcsfFilter<IpFilter>[];
  readonly NestedCompositeFilters?: readonly CompositeFilter[];
  /** AND where it is absent. */
  readonly Operator?: 'AND' | 'OR';
}

/** Criteria of a Security Hub automation rule V2, over OCSF attributes. */
export interface OcsfCriteria {
  readonly CompositeFilters?: readonly CompositeFilter[];
  /** AND where it is absent. */
  readonly CompositeOperator?: 'AND' | 'OR';
}

/** Any one of several texts. */
export type OneOrMore = string | readonly string[];

/** One test of any field of the document, by its dotted path; lists fan out. What AWS's criteria cannot name, e.g. `ProductFields.resourceOwner`. */
export interface FieldTest {
  readonly field: string;
  readonly equals?: OneOrMore;
  readonly prefix?: OneOrMore;
  readonly contains?: OneOrMore;
  /** `*` and `?`, over the whole text. */
  readonly glob?: OneOrMore;
  /** A regular expression in RE2 syntax, found anywhere in the text; evaluated in linear time. */
  readonly matches?: string;
  /** True: the field holds something; false: it does not. */
  readonly exists?: boolean;
  readonly gte?: number;
  readonly lte?: number;
}

/** What is known of a resource besides its finding: see `ResourceContext`. */
export interface OwnerTest {
  readonly owner?: OneOrMore;
  readonly team?: OneOrMore;
  readonly businessCriticality?: OneOrMore;
  readonly dataClassification?: OneOrMore;
  readonly environment?: OneOrMore;
}

/**
 * When a rule acts. Criteria of one format say nothing about findings of the other: neither they nor their `not` match. `any` of an `asff` and an
 * `ocsf` part covers both.
 */
export type Condition =
  | { readonly asff: AsffCriteria }
  | { readonly ocsf: OcsfCriteria }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  /** Tags of one resource: every key has one of its values. `*` stands for any value. */
  | { readonly tags: Readonly<Record<string, OneOrMore>> }
  | { readonly owner: OwnerTest }
  | { readonly test: FieldTest }
  /** Every finding. */
  | { readonly always: true };
