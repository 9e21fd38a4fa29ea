/** Items of a list that have the same name. */
import { formatPath, issue, type Issue, type SettingPath } from "../schema/issues";
import { duplicates } from "../util/data";

/**
 * An issue for each item whose name an earlier item has too.
 *
 * @param names the items' names, in the order of the list
 * @param list path of the list
 * @param key the items' setting that holds the name
 */
export const duplicateNames = (names: readonly string[], list: SettingPath, key = "name"): Issue[] =>
    duplicates(names).map((index) =>
        issue(
            "KCP_DUPLICATE_NAME",
            [...list, index, key],
            `duplicate ${key} "${names[index]}"; also used by ${formatPath([...list, names.indexOf(names[index])])}`,
        ),
    );
