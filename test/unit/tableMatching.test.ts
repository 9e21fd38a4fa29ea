/** Whether items of Debezium's lists can match what is captured. */
import assert from "node:assert/strict";
import { canMatchColumn, canMatchTable } from "../../src/validation/rules/tableMatching";
import { portable } from "../../src/validation/rules/topicWalk";

describe("an item of a list of tables or columns", () => {
    const captured = ["public\\.orders", "sales\\.order_.*"];

    it("can match a captured table by its name, whatever its case", () => {
        for (const table of ["public.orders", "PUBLIC.Orders", "sales.order_lines"])
            assert.ok(canMatchTable(table, captured), table);
        for (const table of ["orders", "public.customers", "sales.invoices", "db.public.orders"])
            assert.ok(!canMatchTable(table, captured), table);
    });

    it("can match by an expression, where its beginning does not exclude it", () => {
        for (const item of [".*", "(public|sales)\\..*", "public\\.ord.*", "sales.order_.*", "x|public\\.orders"])
            assert.ok(canMatchTable(item, captured), item);
        for (const item of ["private\\..*", "public\\.customers_.*"]) assert.ok(!canMatchTable(item, captured), item);
    });

    it("can match a column only of a captured table", () => {
        for (const item of ["public.orders.email", ".*\\.email", "sales\\.order_lines\\.(a|b)", "public\\.orders\\..*"])
            assert.ok(canMatchColumn(item, captured), item);
        for (const item of ["email", "public.orders", "public.customers.email", "public\\.customers\\.(a|b)"])
            assert.ok(!canMatchColumn(item, captured), item);
    });
});

describe("an expression of Java", () => {
    it("is compared only where it means the same in JavaScript", () => {
        assert.ok(portable("orders\\.(?:a|b)")?.test("orders.a"));
        for (const expression of ["\\Qa.b\\E", "(?i)orders", "a++", "[a-z&&[^b]]", "\\p{Alpha}", "(a", "${x}"])
            assert.equal(portable(expression), undefined, expression);
    });
});
