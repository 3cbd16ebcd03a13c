import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError, RPCError } from "@web/core/network/rpc";

/** What went wrong, in words for the person; a fault of the program itself goes its usual way. */
export function messageOf(error) {
    if (error instanceof RPCError) {
        return error.data?.message || error.message;
    }
    if (error instanceof ConnectionLostError) {
        return _t("No connection. Try again in a moment.").toString();
    }
    throw error;
}
